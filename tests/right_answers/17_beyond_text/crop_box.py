"""Right answers to `crop_box` in other styles."""

import math

import numpy as np
from keras import ops


def in_python(proposals, size):
    boxes = []
    for centre_y, centre_x, half in np.array(proposals, "float64").tolist():
        side = min(max(math.floor(2 * half * size + 0.5), 1), size)
        top, left = (
            min(max(math.floor(centre * size - side / 2 + 0.5), 0), size - side)
            for centre in (centre_y, centre_x)
        )
        boxes.append([top, left, top + side, left + side])
    return boxes


def number_by_number(proposals, size):
    centre_y, centre_x, half = (proposals[:, index] for index in range(3))
    side = ops.minimum(ops.maximum(ops.floor(2 * half * size + 0.5), 1), size)

    def first(centre):
        return ops.maximum(ops.minimum(ops.floor(centre * size - side / 2 + 0.5), size - side), 0)

    top, left = first(centre_y), first(centre_x)
    return ops.cast(ops.stack([top, left, top + side, left + side], axis=1), "int32")


def in_whole_numbers(proposals, size):
    side = ops.clip(ops.cast(ops.floor(2.0 * size * proposals[:, 2:] + 0.5), "int32"), 1, size)
    first = ops.floor(size * proposals[:, :2] - 0.5 * ops.cast(side, "float32") + 0.5)
    first = ops.minimum(ops.maximum(ops.cast(first, "int32"), 0), size - side)
    return ops.concatenate([first, first + side], axis=1)


def in_numpy(proposals, size):
    proposals = np.array(proposals)
    side = np.clip(np.floor(2 * proposals[:, 2:] * size + 0.5), 1, size)
    first = np.clip(np.floor(proposals[:, :2] * size - side / 2 + 0.5), 0, size - side)
    return np.hstack([first, first + side]).astype("int64")
