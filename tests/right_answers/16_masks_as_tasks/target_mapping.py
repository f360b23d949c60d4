"""Right answers to `target_mapping` in other styles."""

import numpy as np
from keras import ops


def in_loops(positions, labels, length):
    mapping = np.zeros((*labels.shape, length), "float32")
    for b, m in np.ndindex(*np.shape(labels)):
        if labels[b, m] != 0:
            mapping[b, m, int(positions[b, m])] = 1
    return mapping


def by_one_hot(positions, labels, length):
    return ops.one_hot(ops.where(labels != 0, positions, -1), length)


def by_rows_of_the_identity(positions, labels, length):
    used = np.array(labels) != 0
    return np.eye(length, dtype="float64")[np.array(positions)] * used[..., None]
