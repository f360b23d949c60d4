"""Right answers to `sinusoidal_encoding` in other styles."""

import math

import numpy as np
from keras import ops


def in_loops(length, dim):
    encoding = np.zeros((length, dim), "float32")
    for position in range(length):
        for column in range(dim):
            angle = position / 10000 ** (2 * (column // 2) / dim)
            encoding[position, column] = math.cos(angle) if column % 2 else math.sin(angle)
    return encoding


def as_nested_lists(length, dim):
    rows = [[position / 10000 ** (i / dim) for i in range(0, dim, 2)] for position in range(length)]
    return [[f(angle) for angle in row for f in (math.sin, math.cos)] for row in rows]


def with_exp_and_log(length, dim):
    frequencies = ops.exp(-math.log(10000.0) / dim * ops.arange(0, dim, 2, dtype="float32"))
    angles = ops.outer(ops.arange(length, dtype="float32"), frequencies)
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], axis=2), (length, dim))


def chosen_by_column(length, dim):
    columns = ops.arange(dim)
    exponents = ops.cast(2 * (columns // 2), "float32") / dim
    angles = ops.arange(length, dtype="float32")[:, None] / 10000.0**exponents
    return ops.where(columns % 2 == 0, ops.sin(angles), ops.cos(angles))


def cosines_as_shifted_sines(length, dim):
    exponents = ops.arange(dim // 2, dtype="float32") / (dim // 2)
    angles = ops.arange(length, dtype="float32")[:, None] / 10000.0**exponents
    shifts = ops.tile(ops.array([0.0, math.pi / 2]), (dim // 2,))
    return ops.sin(ops.repeat(angles, 2, axis=1) + shifts)
