"""Right answers to `last_state` in other styles."""

import numpy as np
import tensorflow as tf
from keras import ops


def indexed_in_numpy(states, lengths):
    return np.asarray(states)[np.arange(len(states)), np.asarray(lengths) - 1]


def one_row_at_a_time(states, lengths):
    return [states[row, int(length) - 1] for row, length in enumerate(lengths)]


def one_hot_product(states, lengths):
    return ops.einsum("bs,bsd->bd", ops.one_hot(lengths - 1, states.shape[1]), states)


def a_mask_that_keeps_one(states, lengths):
    is_last = ops.arange(states.shape[1])[None, :] == lengths[:, None] - 1
    return ops.sum(ops.where(is_last[:, :, None], states, 0.0), axis=1)


def gathered_by_tensorflow(states, lengths):
    return tf.gather(states, lengths - 1, axis=1, batch_dims=1)


def as_nested_lists(states, lengths):
    return [
        row[length - 1] for row, length in zip(states.numpy().tolist(), lengths.numpy().tolist(), strict=True)
    ]
