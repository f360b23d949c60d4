"""Right answers to `split_heads` in other styles."""

import numpy as np
from keras import ops


def by_split_and_stack(inputs, num_heads):
    return ops.stack(ops.split(inputs, num_heads, axis=-1), axis=1)


def in_numpy(inputs, num_heads):
    inputs = np.asarray(inputs)
    return np.moveaxis(inputs.reshape(*inputs.shape[:2], num_heads, -1), 2, 1)


def as_nested_lists(inputs, num_heads):
    width = inputs.shape[2] // num_heads
    starts = range(0, inputs.shape[2], width)
    return [
        [[row[start : start + width] for row in sentence] for start in starts]
        for sentence in ops.convert_to_numpy(inputs).tolist()
    ]


def slices_joined(inputs, num_heads):
    width = inputs.shape[-1] // num_heads
    pieces = [inputs[:, None, :, n * width : (n + 1) * width] for n in range(num_heads)]
    return ops.concatenate(pieces, axis=1)


def unknown_width(inputs, num_heads):
    pieces = ops.reshape(inputs, (*ops.shape(inputs)[:2], num_heads, -1))
    return ops.transpose(pieces, axes=[0, 2, 1, 3])
