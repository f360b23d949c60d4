"""Right answers to `offset_matrix` in other styles."""

import math

import numpy as np
from keras import ops


def as_nested_lists(offset, dim):
    matrix = [[0.0] * dim for _ in range(dim)]
    for i in range(0, dim, 2):
        angle = offset / 10000 ** (i / dim)
        matrix[i][i] = matrix[i + 1][i + 1] = math.cos(angle)
        matrix[i][i + 1] = math.sin(angle)
        matrix[i + 1][i] = -math.sin(angle)
    return matrix


def step_by_step(offset, dim):
    angles = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    step = np.zeros((dim, dim))
    for i, angle in enumerate(angles):
        step[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [
            [np.cos(angle), np.sin(angle)],
            [-np.sin(angle), np.cos(angle)],
        ]
    return np.linalg.matrix_power(step if offset >= 0 else step.T, abs(offset))


def diagonals(offset, dim):
    angles = offset * 10000.0 ** (-ops.arange(0, dim, 2, dtype="float32") / dim)
    beside = ops.stack([ops.sin(angles), ops.zeros_like(angles)], axis=-1)
    beside = ops.reshape(beside, (-1,))[:-1]
    return ops.diag(ops.repeat(ops.cos(angles), 2)) + ops.diag(beside, k=1) - ops.diag(beside, k=-1)


def chosen_by_row_and_column(offset, dim):
    rows, columns = ops.arange(dim)[:, None], ops.arange(dim)[None, :]
    angles = offset / 10000.0 ** (ops.cast(2 * (rows // 2), "float32") / dim)
    beside = ops.where(rows % 2 == 0, ops.sin(angles), -ops.sin(angles))
    same_pair = rows // 2 == columns // 2
    return ops.where(rows == columns, ops.cos(angles), ops.where(same_pair, beside, 0.0))


def rows_concatenated(offset, dim):
    rows = []
    for i in range(0, dim, 2):
        angle = offset * 10000.0 ** (-i / dim)
        block = ops.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
        rows.append(ops.pad(block, ((0, 0), (i, dim - i - 2))))
    return ops.concatenate(rows, axis=0)
