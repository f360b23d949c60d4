"""Right answers to `stretch_row` in other styles."""

import math

import numpy as np
from keras import ops


def row_by_row(table, length):
    last = table.shape[0] - 1
    stretched = []
    for index in range(length):
        place = min(max((index + 0.5) * (last + 1) / length - 0.5, 0), last)
        lower = math.floor(place)
        share = place - lower
        stretched.append((1 - share) * table[lower] + share * table[min(lower + 1, last)])
    return ops.stack(stretched)


def by_weights(table, length):
    rows = table.shape[0]
    places = (ops.arange(length, dtype="float32") + 0.5) * rows / length - 0.5
    places = ops.minimum(ops.maximum(places, 0.0), rows - 1.0)
    away = ops.abs(places[:, None] - ops.arange(rows, dtype="float32"))
    return ops.matmul(ops.relu(1.0 - away), table)


def in_numpy(table, length):
    table = np.array(table)
    places = (np.arange(length) + 0.5) * len(table) / length - 0.5
    return np.stack([np.interp(places, np.arange(len(table)), column) for column in table.T], axis=-1)


def with_a_row_more_at_each_end(table, length):
    rows = table.shape[0]
    padded = ops.concatenate([table[:1], table, table[-1:]], axis=0)
    places = (ops.arange(length, dtype="float32") + 0.5) * (rows / length) + 0.5
    lower = ops.floor(places)
    share = ops.expand_dims(places - lower, -1)
    lower = ops.cast(lower, "int32")
    return ops.take(padded, lower, axis=0) * (1 - share) + ops.take(padded, lower + 1, axis=0) * share
