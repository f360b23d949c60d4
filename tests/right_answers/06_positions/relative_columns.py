"""Right answers to `relative_columns` in other styles."""

import numpy as np
from keras import ops


def as_nested_lists(length, key_length, max_distance, start):
    return [
        [max(-max_distance, min(max_distance, s - start - t)) + max_distance for s in range(key_length)]
        for t in range(length)
    ]


def in_numpy(length, key_length, max_distance, start):
    distance = np.subtract.outer(np.arange(key_length), np.arange(start, start + length)).T
    return np.clip(distance, -max_distance, max_distance) + max_distance


def clipped_after_the_shift(length, key_length, max_distance, start):
    queries = ops.expand_dims(ops.arange(start, start + length, dtype="int64"), 1)
    distance = ops.arange(key_length, dtype="int64") - queries
    return ops.minimum(ops.maximum(distance + max_distance, 0), 2 * max_distance)


def chosen_case_by_case(length, key_length, max_distance, start):
    distance = ops.arange(key_length)[None, :] - (start + ops.arange(length))[:, None]
    columns = ops.where(distance > max_distance, max_distance, distance)
    return ops.where(columns < -max_distance, -max_distance, columns) + max_distance
