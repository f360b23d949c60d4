"""Which translators there are, and how one is trained and measured."""

import time
from functools import cache
from types import SimpleNamespace

import keras
from keras import ops

from benchmarks.fine_tuning.stored_runs import StoredRuns
from course_lib.chapters import start_anew
from course_lib.data import ToyLanguage, pair_batches, whole_batch
from course_lib.models import Gnmt
from course_lib.text import Vocabulary, WordTokenizer
from course_lib.training import TokenCrossEntropy, WarmupAndDecay, set_seed

NUM_TRAIN, NUM_TEST, BATCH_SIZE, WIDTH, NUM_STEPS = 3_000, 500, 64, 32, 400
SEEDS, TRIAL_SEED, PEAKS = (1, 2, 3), 100, (1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1)
# Residual connections begin at the third layer: with two layers there are none.
CONTENDERS = ((2, False), (4, False), (4, True), (8, False), (8, True))
HEAD = {
    "what": "python -m benchmarks.recurrent_depth",
    "data": f"toy language, {NUM_TRAIN:,} training pairs, {NUM_TEST:,} test pairs",
    "settings": {"width": WIDTH, "updates": NUM_STEPS, "batch_size": BATCH_SIZE, "rates": list(PEAKS)},
}


@cache
def material():
    """Pairs to train with, and two splits as one batch each."""
    toy = ToyLanguage()
    pairs = toy.sample(NUM_TRAIN, seed=0, split="train")
    tokenizers = [WordTokenizer(Vocabulary.from_sentences(pair[side] for pair in pairs)) for side in (0, 1)]
    whole = {
        split: whole_batch(toy.sample(NUM_TEST, seed=seed, split=split), *tokenizers)[:2]
        for split, seed in (("validation", 1), ("test", 2))
    }
    return SimpleNamespace(pairs=pairs, tokenizers=tokenizers, whole=whole)


def make_translator(num_layers, residual):
    """A built translator with weights of its own."""
    model = Gnmt(
        *(len(tokenizer.vocabulary) for tokenizer in material().tokenizers),
        embedding_dim=WIDTH,
        hidden_dim=WIDTH,
        num_layers=num_layers,
        residual=residual,
    )
    model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
    return model


@cache
def compiled_translator(num_layers, residual):
    """A translator that is compiled once for all its runs."""
    model = make_translator(num_layers, residual)
    model.compile(keras.optimizers.Adam(global_clipnorm=1.0), TokenCrossEntropy(), jit_compile=False)
    return model


def train(num_layers, residual, peak, seed, num_steps=NUM_STEPS):
    """A translator, trained from the weights of a seed."""
    model = compiled_translator(num_layers, residual)
    set_seed(seed)
    start_anew(model, make_translator(num_layers, residual))
    batches = pair_batches(material().pairs, *material().tokenizers, batch_size=BATCH_SIZE, shuffle_seed=seed)
    schedule = WarmupAndDecay(peak, max(1, num_steps // 10), num_steps + 1)
    for step in range(num_steps):
        batches.epoch, index = divmod(step, len(batches))
        model.optimizer.learning_rate = float(schedule(step))
        model.train_on_batch(*batches[index])
    return model


def score(model, split):
    """Nats per word, and the share of next words that are right."""
    inputs, labels = material().whole[split]
    logits, is_real = model(inputs), labels != 0
    is_right = ops.convert_to_numpy(ops.argmax(logits, axis=-1)) == labels
    loss = float(TokenCrossEntropy()(labels, logits))
    return {"loss": round(loss, 4), "right": round(float(is_right[is_real].mean()), 4)}


def first_gradient(num_layers, residual, seed):
    """Size of the loss's gradient at the encoder's lowest layer, before the first update."""
    import tensorflow as tf

    set_seed(seed)
    model = make_translator(num_layers, residual)
    inputs, labels = material().whole["validation"]
    with tf.GradientTape() as tape:
        loss = TokenCrossEntropy()(labels, model(inputs))
    gradients = tape.gradient(loss, [variable.value for variable in model.encoder.first.trainable_variables])
    return float(tf.linalg.global_norm(gradients))


def run(contenders=CONTENDERS, seeds=SEEDS, num_steps=NUM_STEPS):
    """Trials of every rate, then all seeds at the best; what is stored is left out."""
    runs = StoredRuns("recurrent_depth", HEAD)
    for num_layers, residual in contenders:
        keys = {"num_layers": num_layers, "residual": residual}
        trial = {**keys, "kind": "trial"}
        for peak in PEAKS:
            measure(runs, {**trial, "peak": peak, "seed": TRIAL_SEED}, "validation", num_steps)
        trials = [one for one in runs.all() if trial.items() <= one.items()]
        best = min(trials, key=lambda one: one["loss"])
        for seed in seeds:
            measure(runs, {**keys, "kind": "run", "peak": best["peak"], "seed": seed}, "test", num_steps)


def measure(runs, keys, split, num_steps):
    """One run, unless it is stored."""
    if runs.has(keys):
        return
    which, began = (keys["num_layers"], keys["residual"]), time.process_time()
    model = train(*which, keys["peak"], keys["seed"], num_steps)
    seconds = round(time.process_time() - began)
    found = {**score(model, split), "first_gradient": first_gradient(*which, keys["seed"])}
    runs.add({**keys, **found, "parameters": model.count_params(), "processor_seconds": seconds})
