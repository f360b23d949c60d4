import math

import numpy as np
from keras import ops


def right_1(table, length):
    """Two gathers and a fraction."""
    count = table.shape[0]
    place = np.clip((np.arange(length) + 0.5) * count / length - 0.5, 0, count - 1)
    low = np.floor(place).astype("int32")
    high = np.minimum(low + 1, count - 1)
    fraction = ops.cast(ops.convert_to_tensor((place - low)[:, None]), table.dtype)
    return (1 - fraction) * ops.take(table, low, axis=0) + fraction * ops.take(table, high, axis=0)


def right_2(table, length):
    """A matrix of weights: each old row has a tent, and a new row reads the tents at its place."""
    rows = table.shape[0]
    place = (ops.arange(length, dtype="float64") + 0.5) * (rows / length) - 0.5
    place = ops.minimum(ops.maximum(place, 0.0), float(rows - 1))
    distance = ops.abs(place[:, None] - ops.arange(rows, dtype="float64")[None, :])
    weights = ops.maximum(1.0 - distance, 0.0)
    return ops.matmul(ops.cast(weights, table.dtype), table)


def right_3(table, length):
    """One new row after another, in plain Python."""
    count = int(table.shape[0])
    new = []
    for o in range(length):
        place = min(max((o + 0.5) * count / length - 0.5, 0.0), count - 1.0)
        below = math.floor(place)
        part = place - below
        if part == 0:
            new.append(table[below])
        else:
            new.append((1 - part) * table[below] + part * table[below + 1])
    return ops.stack(new, axis=0)


def right_4(table, length):
    """Repeat the first and the last row at the ends instead of bounding the place."""
    count = table.shape[0]
    padded = ops.concatenate([table[:1], table, table[-1:]], axis=0)
    # Twice L times the place is a whole number, so the floor is exact.
    numerator = (2 * np.arange(length) + 1) * count - length
    low = numerator // (2 * length)
    part = (numerator - low * 2 * length) / (2 * length)
    part = ops.cast(ops.convert_to_tensor(part.reshape(-1, 1)), table.dtype)
    first = ops.take(padded, (low + 1).astype("int32"), axis=0)
    second = ops.take(padded, (low + 2).astype("int32"), axis=0)
    return first + part * (second - first)


def _between(table, place):
    rows = int(table.shape[0])
    place = np.asarray(place, dtype="float64")
    low = np.clip(np.floor(place), 0, rows - 1).astype("int32")
    high = np.minimum(low + 1, rows - 1)
    part = ops.cast(ops.convert_to_tensor((place - low)[:, None]), table.dtype)
    return ops.take(table, low, axis=0) * (1 - part) + ops.take(table, high, axis=0) * part


def wrong_1(table, length):
    """Puts the first on the first and the last on the last (aligned corners). Wrong on: L != R, R > 1."""
    return _between(table, np.linspace(0, table.shape[0] - 1, length))


def wrong_2(table, length):
    """Leaves the halves out, place = o R / L. Wrong on: L != R, R > 1."""
    rows = table.shape[0]
    return _between(table, np.clip(np.arange(length) * rows / length, 0, rows - 1))


def wrong_3(table, length):
    """Takes the nearest row instead of interpolating. Wrong on: places between two rows."""
    rows = table.shape[0]
    place = np.clip((np.arange(length) + 0.5) * rows / length - 0.5, 0, rows - 1)
    return ops.take(table, np.floor(place + 0.5).astype("int32"), axis=0)


def wrong_4(table, length):
    """Exchanges the two weights, so the row farther away counts more. Wrong on: places not at .0 or .5."""
    rows = table.shape[0]
    place = np.clip((np.arange(length) + 0.5) * rows / length - 0.5, 0, rows - 1)
    low = np.floor(place).astype("int32")
    high = np.minimum(low + 1, rows - 1)
    part = ops.cast(ops.convert_to_tensor((place - low)[:, None]), table.dtype)
    return part * ops.take(table, low, axis=0) + (1 - part) * ops.take(table, high, axis=0)


def wrong_5(table, length):
    """Bounds row numbers but not places below 0, so it extrapolates at the top. Wrong on: L > R > 1."""
    rows = table.shape[0]
    return _between(table, (np.arange(length) + 0.5) * rows / length - 0.5)


def wrong_6(table, length):
    """Turns the ratio upside down, L / R. Wrong on: L != R, R > 1."""
    rows = table.shape[0]
    place = (np.arange(length) + 0.5) * length / rows - 0.5
    return _between(table, np.clip(place, 0, rows - 1))


def wrong_7(table, length):
    """Averages the old cells under a new one where it shrinks. Wrong on: L < R other than R = 2 L."""
    rows = table.shape[0]
    if length >= rows:
        return right_1(table, length)
    edges = np.arange(length + 1) * rows / length
    cells = np.arange(rows)
    covered = np.minimum(edges[1:, None], cells + 1) - np.maximum(edges[:-1, None], cells)
    weights = np.maximum(covered, 0) * length / rows
    return ops.matmul(ops.cast(ops.convert_to_tensor(weights), table.dtype), table)


def wrong_8(table, length):
    """Cuts the table off where it is long enough, stretches it otherwise. Wrong on: L < R."""
    if length <= table.shape[0]:
        return table[:length]
    return right_1(table, length)


def wrong_9(table, length):
    """Divides whole numbers, R // L. Wrong on: R not a multiple of L, so always where it enlarges R > 1."""
    rows = table.shape[0]
    place = (np.arange(length) + 0.5) * (rows // length) - 0.5
    return _between(table, np.clip(place, 0, rows - 1))


def wrong_10(table, length):
    """Outside of the table are rows of zeros. Wrong on: L > R."""
    place = (np.arange(length) + 0.5) * table.shape[0] / length - 0.5
    nothing = ops.zeros_like(table[:1])
    return _between(ops.concatenate([nothing, table, nothing], axis=0), place + 1)


def wrong_11(table, length):
    """Goes round in a circle, before the first row comes the last. Wrong on: L > R > 1."""
    place = (np.arange(length) + 0.5) * table.shape[0] / length - 0.5
    return _between(ops.concatenate([table[-1:], table, table[:1]], axis=0), place + 1)


def wrong_12(table, length):
    """Eases in and out between two rows (3 f f - 2 f f f). Wrong on: places not at .0 or .5."""
    rows = table.shape[0]
    place = np.clip((np.arange(length) + 0.5) * rows / length - 0.5, 0, rows - 1)
    low = np.floor(place)
    part = place - low
    return _between(table, low + part * part * (3 - 2 * part))


def wrong_13(table, length):
    """A single new row is the mean of the table. Wrong on: L = 1, R > 2."""
    if length == 1:
        return ops.mean(table, axis=0, keepdims=True)
    return right_1(table, length)


def wrong_14(table, length):
    """Bounds places by R - 2, so that there is always a next row. Wrong on: L >= R > 1, for the last row."""
    rows = table.shape[0]
    place = (np.arange(length) + 0.5) * rows / length - 0.5
    return _between(table, np.clip(place, 0, max(rows - 2, 0)))


def wrong_15(table, length):
    """Forgets to take the last half off, place = (o + 1/2) R / L. Wrong on: R > 1."""
    rows = table.shape[0]
    return _between(table, np.clip((np.arange(length) + 0.5) * rows / length, 0, rows - 1))


def wrong_16(table, length):
    """Repeats whole rows where it enlarges, interpolates only where it shrinks. Wrong on: L > R > 1."""
    rows = table.shape[0]
    if length > rows:
        return ops.take(table, (np.arange(length) * rows // length).astype("int32"), axis=0)
    return right_1(table, length)
