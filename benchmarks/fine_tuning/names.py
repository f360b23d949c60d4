"""CLUENER with a BERT that is fine-tuned, pre-trained or fresh, with and without a CRF."""

import time

import keras
import numpy as np

from benchmarks.fine_tuning.classifier import make_backbone, make_optimizer
from benchmarks.tagging.corpus import SPLITS, Corpus, as_arrays
from benchmarks.tagging.runs import Decoder, measure
from course_lib.data import load_cluener
from course_lib.evaluation import entity_scores
from course_lib.models import CrfTagger, TokenClassifier
from course_lib.training import set_seed

BATCH_SIZE, NUM_EVALUATIONS = 32, 5


def load_corpus(tokenizer, num_sentences=None):
    """CLUENER in the ids of a pre-trained reader of characters."""
    tagged = {split: load_cluener(split) for split in SPLITS}
    label_names = sorted({label for sentence in tagged["train"] for label in sentence.labels})
    tagged["train"] = tagged["train"][:num_sentences]
    label_ids = {label: number for number, label in enumerate(label_names, start=1)}
    characters = {
        character for sentences in tagged.values() for sentence in sentences for character in sentence.words
    }
    token_ids = {character: tokenizer.encode(character)[0] for character in characters}
    splits = {split: as_arrays(sentences, token_ids, label_ids) for split, sentences in tagged.items()}
    return Corpus(splits, label_names, len(tokenizer.vocabulary))


def fine_tune_names(
    tokenizer, num_sentences, seed, epochs, rate, dropout, has_crf, weights_path=None, splits=("test",)
):
    """Trains a reader of names; of five evaluations on the validation split the best counts.

    Args:
        tokenizer: that of the pre-trained model.
        num_sentences: int, or None for all.
        seed: of the head, dropout and order.
        epochs, rate, dropout: the recipe.
        has_crf: whether whole paths are scored, or every label by itself.
        weights_path: of a pre-trained model; fresh weights if none.
        splits: those that are measured in the end.

    Returns:
        dict, what is stored about a run.
    """
    set_seed(seed)
    began = time.process_time()
    corpus = load_corpus(tokenizer, num_sentences)
    training, validation = corpus.splits["train"], corpus.splits["validation"]
    backbone = make_backbone(len(tokenizer.vocabulary), dropout, weights_path)
    num_labels = len(corpus.label_names)
    if has_crf:
        model, loss = CrfTagger(backbone, num_labels, dropout=dropout), None
    else:
        model = TokenClassifier(backbone, num_labels + 1, dropout=dropout)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
    steps = -(-len(training.token_ids) // BATCH_SIZE)
    model.compile(make_optimizer(rate, epochs * steps), loss, jit_compile=False)
    decoder, curve, best = Decoder(corpus, model, has_crf), [], (-1.0, 0, None)
    generator = np.random.default_rng(seed)
    for epoch in range(1, epochs + 1):
        for places in np.array_split(generator.permutation(len(training.token_ids)), steps):
            inputs = {name: array[places] for name, array in training.inputs.items()}
            model.train_on_batch(inputs, training.label_ids[places])
        if epoch % max(epochs // NUM_EVALUATIONS, 1) == 0:
            f1 = 100 * entity_scores(validation.labels, decoder.decode(validation)).f1
            curve.append({"epoch": epoch, "validation_f1": round(f1, 2)})
            if f1 > best[0]:
                best = f1, epoch, model.get_weights()
    model.set_weights(best[2])
    found = {
        "parameters": model.count_params(),
        "best_epoch": best[1],
        "validation_f1": round(best[0], 2),
        "curve": curve,
        "processor_minutes": round((time.process_time() - began) / 60, 2),
    }
    return found | {split: measure(decoder, corpus.splits[split]) for split in splits}
