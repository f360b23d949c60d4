"""Wrong answers to `bigram_counts`, each named after the mistake it makes."""

import numpy as np
from keras import ops


def _pairs(token_ids, vocabulary_size):
    contexts = ops.one_hot(token_ids[:, :-1], vocabulary_size)
    tokens = ops.one_hot(token_ids[:, 1:], vocabulary_size)
    real = ops.cast(ops.not_equal(token_ids[:, 1:], 0), "float32")[..., None]
    return contexts, tokens, real


def transposed(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids, vocabulary_size)
    return ops.einsum("btv,btw->wv", contexts * real, tokens)


def padding_counted(token_ids, vocabulary_size):
    contexts, tokens, _ = _pairs(token_ids, vocabulary_size)
    return ops.einsum("btv,btw->vw", contexts, tokens)


def padding_after_end_counted(token_ids, vocabulary_size):
    contexts, tokens, _ = _pairs(token_ids, vocabulary_size)
    real = ops.cast(ops.not_equal(token_ids[:, :-1], 0), "float32")[..., None]
    return ops.einsum("btv,btw->vw", contexts * real, tokens)


def across_sentences(token_ids, vocabulary_size):
    stream = [int(token) for row in token_ids for token in row if int(token) != 0]
    contexts = ops.one_hot(ops.array(stream[:-1]), vocabulary_size)
    tokens = ops.one_hot(ops.array(stream[1:]), vocabulary_size)
    return ops.matmul(ops.transpose(contexts), tokens)


def each_pair_once(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids, vocabulary_size)
    counts = ops.einsum("btv,btw->vw", contexts * real, tokens)
    return ops.cast(counts > 0, "float32")


def end_forgotten(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids, vocabulary_size)
    goes_on = ops.pad(real[:, 1:], [[0, 0], [0, 1], [0, 0]])
    return ops.einsum("btv,btw->vw", contexts * real * goes_on, tokens)


def divided_already(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids, vocabulary_size)
    counts = ops.einsum("btv,btw->vw", contexts * real, tokens)
    return ops.divide_no_nan(counts, ops.sum(counts, axis=1, keepdims=True))


def start_forgotten(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids[:, 1:], vocabulary_size)
    return ops.einsum("btv,btw->vw", contexts * real, tokens)


def last_column_missed(token_ids, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size))
    for row in np.array(token_ids):
        for t in range(1, len(row) - 1):
            if row[t] != 0:
                counts[row[t - 1], row[t]] += 1
    return counts


def both_directions(token_ids, vocabulary_size):
    contexts, tokens, real = _pairs(token_ids, vocabulary_size)
    counts = ops.einsum("btv,btw->vw", contexts * real, tokens)
    return counts + ops.transpose(counts)
