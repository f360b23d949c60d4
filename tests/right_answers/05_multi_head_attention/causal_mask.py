"""Right answers to `causal_mask` in other styles."""

import numpy as np
from keras import ops


def by_tril(length, key_length, start):
    return ops.cast(ops.tril(ops.ones((length, key_length)), k=start), "bool")


def in_numpy(length, key_length, start):
    return np.tri(length, key_length, start, dtype=bool)


def as_nested_lists(length, key_length, start):
    return [[s <= start + t for s in range(key_length)] for t in range(length)]


def differences(length, key_length, start):
    return ops.expand_dims(ops.arange(start, start + length), 1) - ops.arange(key_length) > -1


def by_counting(length, key_length, start):
    rows = [ops.arange(key_length) < start + t + 1 for t in range(length)]
    return ops.stack(rows, axis=0)


def numbers_made_booleans(length, key_length, start):
    rows, columns = np.indices((length, key_length))
    return ops.logical_not(ops.convert_to_tensor(columns - rows > start))
