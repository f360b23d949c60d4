"""SST-2 as rows of word pieces."""

from typing import NamedTuple

import numpy as np

from course_lib.data import load_sst2
from course_lib.text import pack

MAX_LENGTH = 64


class Sentences(NamedTuple):
    """Texts with a class."""

    texts: list
    labels: np.ndarray

    def first(self, number, seed):
        """`number` of them, drawn by the seed; all if none."""
        order = np.random.default_rng(seed).permutation(len(self.texts))[:number]
        return Sentences([self.texts[index] for index in order], self.labels[order])


def sst2_splits():
    """SST-2: "validation" is reported, as papers do, so recipes are chosen on the treebank's test sentences.

    Phrases set apart from the training split would not do: most of them are parts of a training sentence.

    Returns:
        dict of "train", "choice" and "validation".
    """
    published = {"train": "train", "choice": "test", "validation": "validation"}
    rows = {name: load_sst2(split) for name, split in published.items()}
    return {
        name: Sentences([row.text for row in part], np.array([row.label for row in part]))
        for name, part in rows.items()
    }


def packed(tokenizer, sentences):
    """`[CLS]`, pieces, `[SEP]` of each sentence, as what a `Bert` takes."""
    return pack(tokenizer.vocabulary, tokenizer.encode_batch(sentences.texts), max_length=MAX_LENGTH).inputs
