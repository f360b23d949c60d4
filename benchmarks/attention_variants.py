"""Local attention and coverage beside plain attention: `python -m benchmarks.attention_variants`.

Chapter 3 shows what comes of it. All three score by the dot product, on the toy language, trained alike and
with the same seeds.
"""

import time

import keras

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, write_record
from course_lib.chapters import attention_error_rate
from course_lib.data import ToyLanguage, pair_batches, whole_batch
from course_lib.decoding import translate
from course_lib.evaluation import corpus_bleu
from course_lib.layers import LocalAttention, coverage_penalty, make_score
from course_lib.models import Seq2Seq
from course_lib.text import Vocabulary, WordTokenizer
from course_lib.training import TokenCrossEntropy, set_seed

SIZES = {"num_train": 8_000, "num_test": 500, "epochs": 4, "batch_size": 64, "width": 64}
LEARNING_RATE, WINDOW, COVERAGE_WEIGHT = 0.008, 4, 0.3
SEEDS = (0, 1, 2)


def options_of(variant, width):
    """What sets a variant's `Seq2Seq` apart."""
    if variant == "local":
        score = make_score("dot", width)
        return {"score": LocalAttention(score, window=WINDOW, hidden_dim=width)}
    return {"score": "dot", "coverage_weight": COVERAGE_WEIGHT if variant == "coverage" else 0.0}


def train(variant, seed, pairs, tokenizers, sizes):
    """A translator of one kind, trained."""
    set_seed(seed)
    vocabularies = [len(tokenizer.vocabulary) for tokenizer in tokenizers]
    width = sizes["width"]
    model = Seq2Seq(*vocabularies, width // 2, width, **options_of(variant, width))
    batches = pair_batches(pairs, *tokenizers, batch_size=sizes["batch_size"], shuffle_seed=seed)
    steps = sizes["epochs"] * len(batches)
    schedule = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / 10, steps, warmup_target=LEARNING_RATE, warmup_steps=steps // 20
    )
    optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False)
    model.fit(batches, epochs=sizes["epochs"], shuffle=False, verbose=0)
    return model


def measure(model, pairs, tokenizers):
    """BLEU, alignment error rate and second looks a word of a trained translator."""
    inputs, _, pairs = whole_batch(pairs, *tokenizers)
    sources, references = ([" ".join(pair[side]) for pair in pairs] for side in (0, 1))
    longest = inputs["target_token_ids"].shape[1] + 4
    translations = translate(model, sources, *tokenizers, batch_size=len(pairs), max_length=longest)
    _, weights = model(inputs, return_attention_weights=True)
    weights = keras.ops.convert_to_numpy(weights)
    return {
        "bleu": round(corpus_bleu(translations, references), 2),
        "aer": round(attention_error_rate(weights, pairs), 4),
        "second_looks": round(float(coverage_penalty(weights, inputs["target_padding_mask"])), 4),
    }


def run(sizes=SIZES, seeds=SEEDS):
    """All variants with all seeds.

    Args:
        sizes: numbers of sentences, epochs, batch size and width.
        seeds: of weights and order.

    Returns:
        dict, the content of the result file.
    """
    toy = ToyLanguage()
    train_pairs = toy.sample(sizes["num_train"], seed=0, split="train")
    test_pairs = toy.sample(sizes["num_test"], seed=1, split="test")
    tokenizers = [
        WordTokenizer(Vocabulary.from_sentences(pair[side] for pair in train_pairs)) for side in (0, 1)
    ]
    runs = []
    for seed in seeds:
        for variant in ("plain", "local", "coverage"):
            began = time.perf_counter()
            model = train(variant, seed, train_pairs, tokenizers, sizes)
            runs.append({"variant": variant, "seed": seed, **measure(model, test_pairs, tokenizers)})
            print(runs[-1], f"{time.perf_counter() - began:.0f} s", flush=True)
    settings = {"learning_rate": LEARNING_RATE, "window": WINDOW, "coverage_weight": COVERAGE_WEIGHT}
    return {
        "what": "python -m benchmarks.attention_variants",
        "data": f"toy language, {sizes['num_train']:,} training pairs, {sizes['num_test']:,} test pairs",
        "settings": {**sizes, **settings},
        "machine": describe_machine(),
        "runs": runs,
    }


if __name__ == "__main__":
    write_record(RESULTS / "attention_variants.json", run())
