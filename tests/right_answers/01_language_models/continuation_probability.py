"""Right answers to `continuation_probability` in other styles."""

import numpy as np
from keras import ops


def in_numpy(counts):
    seen = np.asarray(counts).astype(bool)
    return seen.sum(0) / seen.sum()


def as_a_list(counts):
    table = counts.numpy().tolist()
    contexts = [sum(row[word] > 0 for row in table) for word in range(len(table))]
    return [number / sum(contexts) for number in contexts]


def signs_of_the_counts(counts):
    contexts = ops.sum(ops.sign(counts), axis=0)
    return contexts / ops.sum(contexts)


def through_the_transposed_table(counts):
    seen = ops.where(ops.transpose(counts) > 0, 1.0, 0.0)
    return ops.sum(seen, axis=-1) / ops.sum(seen)


def cut_off_at_one(counts):
    contexts = ops.sum(ops.minimum(counts, 1.0), axis=0, keepdims=True)
    return ops.squeeze(contexts / ops.sum(contexts), axis=0)
