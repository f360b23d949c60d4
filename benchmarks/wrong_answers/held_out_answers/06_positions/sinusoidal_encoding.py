import math

import numpy as np
from keras import ops

_tables = {}


def wrong_1(length, dim):
    """All sines first, then all cosines, not side by side; wrong from D = 4 on."""
    angles = np.arange(length)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    return ops.convert_to_tensor(np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).astype("float32"))


def wrong_2(length, dim):
    """The exponent is -i / D, without the 2. Wrong on: D of 4 or more."""
    angles = np.arange(length)[:, None] * 10000.0 ** (-np.arange(dim // 2) / dim)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def wrong_3(length, dim):
    """Cosine at even places, sine at odd ones; wrong on almost any input."""
    angles = np.arange(length)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    table = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def wrong_4(length, dim):
    """Positions 1 to length; wrong on almost any input."""
    angles = np.arange(1, length + 1)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def wrong_5(length, dim):
    """Returns float64 where float32 is asked."""
    table = np.zeros((length, dim))
    angles = np.arange(length)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def wrong_6(length, dim):
    """The frequency goes on with every entry: an odd entry has not that of its neighbour. Wrong on: positions above 0."""
    table = np.zeros((length, dim), "float32")
    for p in range(length):
        for j in range(dim):
            angle = p * 10000.0 ** (-j / dim)
            table[p, j] = math.sin(angle) if j % 2 == 0 else math.cos(angle)
    return ops.convert_to_tensor(table)


def wrong_7(length, dim):
    """Spreads the frequencies over D / 2 - 1 steps, so that the last is exactly 1 / 10000; wrong from D = 4 on."""
    steps = max(dim // 2 - 1, 1)
    angles = np.arange(length)[:, None] * 10000.0 ** (-np.arange(dim // 2) / steps)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def wrong_8(length, dim):
    """Keeps tables by length only: wrong at a second call with another D."""
    if length not in _tables:
        angles = np.arange(length)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
        table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
        _tables[length] = table.reshape(length, dim).astype("float32")
    return ops.convert_to_tensor(_tables[length])


def wrong_9(length, dim):
    """Divides by whole numbers, 2 i // D, so that all frequencies are 1; wrong from D = 4 on."""
    angles = np.arange(length)[:, None] * 10000.0 ** (-(2 * np.arange(dim // 2) // dim))
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def wrong_10(length, dim):
    """A base of 1000; wrong from D = 4 on."""
    angles = np.arange(length)[:, None] * 1000.0 ** (-2 * np.arange(dim // 2) / dim)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return ops.convert_to_tensor(table.reshape(length, dim).astype("float32"))


def right_1(length, dim):
    """Strided assignment in a NumPy array."""
    table = np.zeros((length, dim), "float32")
    angles = np.outer(np.arange(length), np.exp(-np.log(10000.0) * np.arange(0, dim, 2) / dim))
    table[:, ::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table


def right_2(length, dim):
    """Loops in pure Python."""
    rows = []
    for p in range(length):
        row = []
        for i in range(dim // 2):
            angle = p / 10000 ** (2 * i / dim)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return ops.convert_to_tensor(rows, dtype="float32")


def right_3(length, dim):
    """Keras ops, stacked and reshaped."""
    rates = ops.power(10000.0, -2.0 * ops.arange(dim // 2, dtype="float32") / dim)
    angles = ops.arange(length, dtype="float32")[:, None] * rates[None, :]
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], axis=2), (length, dim))


def right_4(length, dim):
    """Cosines as sines a quarter turn on: every frequency twice."""
    rates = np.repeat(10000.0 ** (-2 * np.arange(dim // 2) / dim), 2)
    phases = np.arange(dim) % 2 * np.pi / 2
    return ops.convert_to_tensor(np.sin(np.arange(length)[:, None] * rates + phases).astype("float32"))
