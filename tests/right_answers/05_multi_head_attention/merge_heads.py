"""Right answers to `merge_heads` in other styles."""

import numpy as np
from keras import ops


def by_concatenation(heads):
    return ops.concatenate([heads[:, n] for n in range(heads.shape[1])], axis=-1)


def in_numpy(heads):
    heads = np.asarray(heads)
    return np.concatenate(np.moveaxis(heads, 1, 0), axis=-1)


def as_nested_lists(heads):
    return [
        [[number for head in sentence for number in head[t]] for t in range(len(sentence[0]))]
        for sentence in ops.convert_to_numpy(heads).tolist()
    ]


def unstacked(heads):
    return ops.concatenate(ops.unstack(heads, axis=1), axis=2)


def unknown_width(heads):
    moved = ops.transpose(heads, [0, 2, 1, 3])
    return ops.reshape(moved, (heads.shape[0], heads.shape[2], -1))
