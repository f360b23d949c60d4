"""Verdict of `merge_heads`: (B, N, T, K) joined to (B, T, N · K)."""

import numpy as np


def draw(generator):
    """Heads of many shapes; in one of them there are as many heads as positions."""
    shapes = ((1, 2, 3, 2), (2, 3, 5, 7), (3, 5, 7, 2), (2, 3, 3, 5), (5, 7, 2, 3))
    shapes += ((2, 1, 3, 5), (2, 3, 5, 1), (2, 3, 1, 5), (3, 3, 3, 3))
    scales = (1.0, 1.0, 10.0, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0)
    return [{"heads": generator.normal(0, scale, shape)} for shape, scale in zip(shapes, scales, strict=True)]


CONDITIONS = {
    "all sizes different": lambda case: len({*case["heads"].shape}) == 4,
    "all sizes alike": lambda case: len({*case["heads"].shape}) == 1,
    "as many heads as positions": lambda case: (
        len({*case["heads"].shape[1:3]}) == 1 < len({*case["heads"].shape})
    ),
    "one sentence": lambda case: case["heads"].shape[0] == 1,
    "one head": lambda case: case["heads"].shape[1] == 1,
    "one position": lambda case: case["heads"].shape[2] == 1,
    "one column a head": lambda case: case["heads"].shape[3] == 1,
}


def _flat(heads):
    """(B, T, N · K), without moving a number."""
    batch, num_heads, length, width = heads.shape
    return heads.reshape(batch, length, num_heads * width)


def reference(heads):
    swapped = heads.transpose(0, 2, 1, 3)
    return swapped.reshape(*swapped.shape[:2], -1)


def _reshaped_only(heads):
    return _flat(heads)


def _columns_interleaved(heads):
    moved = heads.transpose(0, 2, 3, 1)
    return moved.reshape(*moved.shape[:2], -1)


def _wrong_axes_swapped(heads):
    return heads.transpose(0, 1, 3, 2).reshape(_flat(heads).shape)


def _not_merged(heads):
    return heads.transpose(0, 2, 1, 3)


def _heads_behind_each_other(heads):
    return heads.reshape(heads.shape[0], -1, heads.shape[-1])


def _heads_averaged(heads):
    return heads.mean(axis=1)


def _heads_summed(heads):
    return heads.sum(axis=1)


def _heads_reversed(heads):
    return reference(np.flip(heads, axis=1))


MISTAKES = {
    "reshaped_only": _reshaped_only,
    "columns_interleaved": _columns_interleaved,
    "wrong_axes_swapped": _wrong_axes_swapped,
    "not_merged": _not_merged,
    "heads_behind_each_other": _heads_behind_each_other,
    "heads_averaged": _heads_averaged,
    "heads_summed": _heads_summed,
    "heads_reversed": _heads_reversed,
}
