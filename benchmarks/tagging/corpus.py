"""The sentences of CLUENER as arrays."""

from typing import NamedTuple

import numpy as np

from course_lib.data import load_cluener

NUM_SPECIAL = 2  # id 0 is padding, 1 a character that no training sentence has
SPLITS = ("train", "validation", "test")


class Sentences(NamedTuple):
    """Characters and labels as ids, padded with 0, and the labels as they were written."""

    token_ids: np.ndarray
    label_ids: np.ndarray
    labels: list

    @property
    def inputs(self):
        """What a reader of tokens takes."""
        return {"token_ids": self.token_ids, "padding_mask": self.token_ids != 0}


class Corpus(NamedTuple):
    """The three splits, the names of the labels in the order of their ids from 1, and how many token ids."""

    splits: dict
    label_names: list
    vocabulary_size: int


def load_corpus(num_sentences=None):
    """CLUENER with its first training sentences, or all.

    Args:
        num_sentences: int, or None for all training sentences. Characters are known from them alone.

    Returns:
        a `Corpus`.
    """
    tagged = {split: load_cluener(split) for split in SPLITS}
    label_names = sorted({label for sentence in tagged["train"] for label in sentence.labels})
    tagged["train"] = tagged["train"][:num_sentences]
    characters = sorted({character for sentence in tagged["train"] for character in sentence.words})
    token_ids = {character: number for number, character in enumerate(characters, start=NUM_SPECIAL)}
    label_ids = {label: number for number, label in enumerate(label_names, start=1)}
    splits = {split: as_arrays(sentences, token_ids, label_ids) for split, sentences in tagged.items()}
    return Corpus(splits, label_names, NUM_SPECIAL + len(characters))


def as_arrays(tagged, token_ids, label_ids):
    """Tagged sentences as `Sentences`."""
    shape = len(tagged), max(len(sentence.words) for sentence in tagged)
    tokens, labels = np.zeros(shape, "int32"), np.zeros(shape, "int32")
    for row, sentence in enumerate(tagged):
        length = len(sentence.words)
        tokens[row, :length] = [token_ids.get(character, 1) for character in sentence.words]
        labels[row, :length] = [label_ids[label] for label in sentence.labels]
    return Sentences(tokens, labels, [list(sentence.labels) for sentence in tagged])
