"""Right answers to `filter_normalised_direction` in other styles."""

import numpy as np
from keras import ops


def in_numpy(weights, random):
    weights, random = np.asarray(weights), np.asarray(random)
    return random / np.linalg.norm(random, axis=0) * np.linalg.norm(weights, axis=0)


def with_the_norm_of_the_library(weights, random):
    return random * (ops.norm(weights, axis=0) / (ops.norm(random, axis=0) + 1e-10))


def normalised_first(weights, random):
    return ops.normalize(random, axis=0) * ops.norm(weights, axis=0, keepdims=True)


def column_by_column(weights, random):
    columns = []
    for o in range(weights.shape[1]):
        length = ops.sqrt(ops.einsum("i,i->", weights[:, o], weights[:, o]))
        columns.append(random[:, o] * length / ops.sqrt(ops.sum(random[:, o] ** 2)))
    return ops.stack(columns, axis=1)


def as_nested_lists(weights, random):
    weights, random = np.asarray(weights).tolist(), np.asarray(random).tolist()
    lengths = [
        [sum(row[o] ** 2 for row in matrix) ** 0.5 for o in range(len(matrix[0]))]
        for matrix in (weights, random)
    ]
    return [[r * w / n for r, w, n in zip(row, *lengths, strict=True)] for row in random]
