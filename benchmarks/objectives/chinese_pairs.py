"""OCNLI: does the first sentence imply the second, its contrary, or neither?"""

import numpy as np

from course_lib.chapters import FineTuner
from course_lib.data import load_ocnli
from course_lib.models import SentenceClassifier
from course_lib.text import pack
from course_lib.training import set_seed

MAX_LENGTH, EPOCHS, BATCH_SIZE, RATE = 64, 3, 32, 3e-4


def pair_inputs(tokenizer, pairs):
    """Pairs as what a `Bert` takes."""
    first, second = (tokenizer.encode_batch([pair[side] for pair in pairs]) for side in (0, 1))
    return pack(tokenizer.vocabulary, first, second, max_length=MAX_LENGTH, length=MAX_LENGTH).inputs


def fine_tune_pairs(reader, tokenizer, seed, splits=None, epochs=EPOCHS):
    """Trains all weights; the last update counts. Accuracy in percent beside always saying one class.

    Args:
        reader: a reader as tasks take it.
        tokenizer: of characters.
        seed: of the head, dropout and order.
        splits: dict of "train", "validation" and "test", lists of pairs; those of OCNLI if none.
        epochs: how often each pair is read.
    """
    set_seed(seed)
    splits = splits or {split: load_ocnli(split) for split in ("train", "validation", "test")}
    inputs = {split: pair_inputs(tokenizer, pairs) for split, pairs in splits.items()}
    labels = {split: np.array([pair.label for pair in pairs]) for split, pairs in splits.items()}
    model = SentenceClassifier(reader, 3, pooling="mean", dropout=0.1)
    model({name: array[:1] for name, array in inputs["train"].items()})
    tuner = FineTuner(model)
    tuner.fit(
        inputs["train"], labels["train"], peak=RATE, num_epochs=epochs, batch_size=BATCH_SIZE, seed=seed
    )
    commonest = np.bincount(labels["test"]).max() / len(labels["test"])
    found = {"always one class": round(100 * float(commonest), 2)}
    for split in ("validation", "test"):
        said = tuner.predict(inputs[split]).argmax(axis=-1)
        found[split] = round(100 * float((said == labels[split]).mean()), 2)
    return found
