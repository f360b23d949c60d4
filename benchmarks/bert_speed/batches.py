"""What is read: one batch without padding again and again, or the sentences of SST-2."""

import numpy as np

CLASSIFICATION, SEPARATOR, FIRST_WORD = 2, 3, 5
WIDTH = 128  # of recipes with one width
LONGEST = 64  # word pieces of a sentence


def full_batch(size):
    """Inputs without padding, and the words at the hidden places; drawn at random."""
    generator = np.random.default_rng(0)
    shape = (size.batch_size, size.length)
    token_ids = generator.integers(FIRST_WORD, size.vocabulary_size, shape, dtype="int32")
    places = generator.random(shape).argsort(axis=1)[:, : size.num_masked].astype("int32")
    labels = generator.integers(FIRST_WORD, size.vocabulary_size, places.shape, dtype="int32")
    return token_ids, np.sort(places, axis=1), labels


def sentences(size):
    """The training phrases of SST-2 as ids of words, folded into the vocabulary, and their classes."""
    from course_lib.data import load_sst2

    ids, known = size.vocabulary_size - FIRST_WORD, {}

    def read(text):
        words = text.split()[: LONGEST - 2]
        return [
            CLASSIFICATION,
            *(known.setdefault(w, len(known)) % ids + FIRST_WORD for w in words),
            SEPARATOR,
        ]

    rows = load_sst2("train")
    return [read(row.text) for row in rows], np.array([row.label for row in rows])


def padded_to(rows, width):
    """Rows as one array with padding behind them."""
    token_ids = np.zeros((len(rows), width), "int32")
    for line, row in zip(token_ids, rows, strict=True):
        line[: len(row)] = row
    return token_ids


def batches_in_random_order(size, width=None):
    """Token ids and classes, without end: padded to one width, or to the longest of a batch."""
    rows, labels = sentences(size)
    generator = np.random.default_rng(0)
    while True:
        order = generator.permutation(len(rows))
        for start in range(0, len(order) - size.batch_size + 1, size.batch_size):
            places = order[start : start + size.batch_size]
            chosen = [rows[place] for place in places]
            yield padded_to(chosen, width or max(map(len, chosen))), labels[places]


def batches_by_length(size):
    """The same with sentences of like length together, as `FineTuner` has it."""
    from course_lib.chapters.training.fine_tuning import LENGTH_MULTIPLE, batches_of_like_length

    rows, labels = sentences(size)
    lengths, generator = np.array([len(row) for row in rows]), np.random.default_rng(0)
    while True:
        for places in batches_of_like_length(lengths, size.batch_size, generator):
            width = -(-lengths[places].max() // LENGTH_MULTIPLE) * LENGTH_MULTIPLE
            yield padded_to([rows[place] for place in places], width), labels[places]
