"""Right answers to `bigram_counts` in other styles."""

from collections import Counter

import numpy as np
import tensorflow as tf
from keras import ops


def in_loops_with_integers(token_ids, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size), dtype=int)
    for row in np.asarray(token_ids):
        for before, after in zip(row[:-1], row[1:], strict=True):
            if after != 0:
                counts[before, after] += 1
    return counts


def as_nested_lists(token_ids, vocabulary_size):
    pairs = Counter()
    for row in token_ids.numpy().tolist():
        sentence = [token for token in row if token]
        pairs.update(zip(sentence, sentence[1:], strict=False))
    return [[pairs[before, after] for after in range(vocabulary_size)] for before in range(vocabulary_size)]


def with_bincount(token_ids, vocabulary_size):
    ids = np.asarray(token_ids)
    before, after = ids[:, :-1], ids[:, 1:]
    flat = (before * vocabulary_size + after)[after != 0]
    return np.bincount(flat, minlength=vocabulary_size**2).reshape(vocabulary_size, vocabulary_size)


def padding_cleared_afterwards(token_ids, vocabulary_size):
    before = ops.reshape(ops.one_hot(token_ids[:, :-1], vocabulary_size), (-1, vocabulary_size))
    after = ops.reshape(ops.one_hot(token_ids[:, 1:], vocabulary_size), (-1, vocabulary_size))
    counts = np.array(ops.matmul(ops.transpose(before), after))
    counts[:, 0] = 0
    return counts


def scattered(token_ids, vocabulary_size):
    before, after = token_ids[:, :-1], token_ids[:, 1:]
    pairs = tf.stack([before, after], axis=-1)[after != 0]
    ones = tf.ones(tf.shape(pairs)[0])
    return tf.scatter_nd(pairs, ones, (vocabulary_size, vocabulary_size))
