"""Right answers to `reverse_source` in other styles."""

import numpy as np
import tensorflow as tf
from keras import ops


def as_nested_lists(token_ids):
    result = []
    for row in token_ids.numpy().tolist():
        words = [token for token in row if token != 0]
        result.append(words[::-1] + [0] * (len(row) - len(words)))
    return result


def in_place_in_numpy(token_ids):
    ids = np.array(token_ids)
    for row in ids:
        length = np.count_nonzero(row)
        row[:length] = row[:length][::-1].copy()
    return ids


def with_tensorflow(token_ids):
    lengths = tf.math.count_nonzero(token_ids, axis=1)
    return tf.reverse_sequence(token_ids, lengths, seq_axis=1)


def flipped_then_rolled(token_ids):
    turned = np.asarray(token_ids)[:, ::-1]
    return np.stack([np.roll(row, -np.count_nonzero(row == 0)) for row in turned])


def padding_sorted_behind(token_ids):
    turned = ops.flip(token_ids, axis=1)
    order = np.argsort(np.asarray(turned) == 0, axis=1, kind="stable")
    return ops.take_along_axis(turned, ops.convert_to_tensor(order), axis=1)
