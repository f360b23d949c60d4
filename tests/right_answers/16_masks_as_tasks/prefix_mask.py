"""Right answers to `prefix_mask` in other styles."""

import numpy as np
from keras import ops


def in_loops(prefix_lengths, padding_mask):
    is_real = np.array(padding_mask)
    batch, length = is_real.shape
    mask = np.zeros((batch, length, length), bool)
    for b in range(batch):
        for t in range(length):
            for s in range(length):
                may = s < int(prefix_lengths[b]) or s <= t
                mask[b, t, s] = may and is_real[b, t] and is_real[b, s]
    return mask


def causal_with_columns_added(prefix_lengths, padding_mask):
    mask = np.tril(np.ones((len(prefix_lengths), padding_mask.shape[1], padding_mask.shape[1]), bool))
    for row, prefix in zip(mask, np.array(prefix_lengths), strict=True):
        row[:, :prefix] = True
    real = np.array(padding_mask)
    return mask & real[:, :, None] & real[:, None, :]


def by_a_maximum(prefix_lengths, padding_mask):
    place = ops.arange(padding_mask.shape[1], dtype="int32")
    horizon = ops.maximum(place[None, :, None], ops.cast(prefix_lengths, "int32")[:, None, None] - 1)
    real = ops.cast(padding_mask, "int32")
    return ops.logical_and(place <= horizon, real[:, :, None] * real[:, None, :] > 0)
