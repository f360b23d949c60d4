"""Wrong answers to `bigram_counts` beside its mutants."""

import numpy as np
from keras import ops


def _count(pairs, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for before, after in pairs:
        counts[before, after] += 1
    return counts


def full_rows_run_into_the_next(token_ids, vocabulary_size):
    flat = np.ravel(token_ids)
    pairs = zip(flat[:-1], flat[1:], strict=True)
    return _count([pair for pair in pairs if 0 not in pair], vocabulary_size)


def words_alone(token_ids, vocabulary_size):
    rows = [[token for token in row if token][1:-1] for row in np.asarray(token_ids)]
    return _count([pair for row in rows for pair in zip(row, row[1:], strict=False)], vocabulary_size)


def two_apart(token_ids, vocabulary_size):
    rows = [[token for token in row if token] for row in np.asarray(token_ids)]
    return _count([pair for row in rows for pair in zip(row, row[2:], strict=False)], vocabulary_size)


def the_first_sentence_alone(token_ids, vocabulary_size):
    row = [token for token in np.asarray(token_ids)[0] if token]
    return _count(zip(row, row[1:], strict=False), vocabulary_size)


def once_a_sentence(token_ids, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for row in np.asarray(token_ids):
        counts[row[:-1], row[1:]] += 1
    counts[:, 0] = 0
    return counts


def repeated_words_left_out(token_ids, vocabulary_size):
    before, after = token_ids[:, :-1], token_ids[:, 1:]
    keep = ops.cast(ops.logical_and(after != 0, after != before), "float32")
    before, after = ops.one_hot(before, vocabulary_size), ops.one_hot(after, vocabulary_size)
    return ops.einsum("btv,btw,bt->vw", before, after, keep)


def one_is_padding_too(token_ids, vocabulary_size):
    before, after = token_ids[:, :-1], token_ids[:, 1:]
    keep = ops.cast(after > 1, "float32")
    before, after = ops.one_hot(before, vocabulary_size), ops.one_hot(after, vocabulary_size)
    return ops.einsum("btv,btw,bt->vw", before, after, keep)


def table_too_small(token_ids, vocabulary_size):
    size = int(ops.max(token_ids))
    before, after = ops.one_hot(token_ids[:, :-1], size), ops.one_hot(token_ids[:, 1:], size)
    keep = ops.cast(token_ids[:, 1:] != 0, "float32")
    return ops.einsum("btv,btw,bt->vw", before, after, keep)


def each_pair_once__by_assignment(token_ids, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for row in np.asarray(token_ids):
        for before, after in zip(row[:-1], row[1:], strict=True):
            if after:
                counts[before, after] = 1
    return counts


def last_column_missed__sliced(token_ids, vocabulary_size):
    before, after = (
        ops.one_hot(token_ids[:, :-2], vocabulary_size),
        ops.one_hot(token_ids[:, 1:-1], vocabulary_size),
    )
    keep = ops.cast(token_ids[:, 1:-1] != 0, "float32")
    return ops.einsum("btv,btw,bt->vw", before, after, keep)
