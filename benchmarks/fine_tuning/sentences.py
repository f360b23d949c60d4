"""SST-2 as rows of word pieces."""

from typing import NamedTuple

import numpy as np

from course_lib.data import load_sst2


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


class Batches:
    """Packed sentences of like length together, in another order in every epoch.

    Args:
        rows: list of lists of token ids, special tokens included.
        labels: ints `(R,)`.
        batch_size: int.
    """

    def __init__(self, rows, labels, batch_size):
        self.rows, self.labels, self.batch_size = rows, labels, batch_size

    def __len__(self):
        return -(-len(self.rows) // self.batch_size)

    def epoch(self, generator):
        """Yields inputs and labels of every batch."""
        order = generator.permutation(len(self.rows))
        # Of like length within hundred batches, so that little is padded.
        several = 100 * self.batch_size
        chunks = [
            chunk[np.argsort([len(self.rows[index]) for index in chunk], kind="stable")]
            for chunk in (order[start : start + several] for start in range(0, len(order), several))
        ]
        order = np.concatenate(chunks)
        starts = np.arange(0, len(order), self.batch_size)
        for start in generator.permutation(starts):
            yield self.batch(order[start : start + self.batch_size])

    def in_order(self):
        """Yields places and inputs of every batch, the shortest first."""
        order = np.argsort([len(row) for row in self.rows], kind="stable")
        for start in range(0, len(order), self.batch_size):
            places = order[start : start + self.batch_size]
            yield places, self.batch(places)[0]

    def batch(self, places):
        """The inputs and labels at these places."""
        width = max(len(self.rows[place]) for place in places)
        token_ids = np.zeros((len(places), -(-width // 8) * 8), "int32")
        for line, place in zip(token_ids, places, strict=True):
            line[: len(self.rows[place])] = self.rows[place]
        return {"token_ids": token_ids, "padding_mask": token_ids != 0}, self.labels[places]


def encoded(tokenizer, texts, max_length):
    """`[CLS]`, pieces, `[SEP]` of each text."""
    vocabulary = tokenizer.vocabulary
    return [
        [vocabulary.classification_id, *ids[: max_length - 2], vocabulary.separator_id]
        for ids in tokenizer.encode_batch(texts)
    ]
