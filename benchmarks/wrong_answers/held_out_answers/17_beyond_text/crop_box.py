import math

import numpy as np
from keras import ops


def right_1(proposals, size):
    """The formulas one by one."""
    side = ops.floor(2 * proposals[:, 2] * size + 0.5)
    side = ops.minimum(ops.maximum(side, 1.0), float(size))
    top = ops.floor(proposals[:, 0] * size - side / 2 + 0.5)
    top = ops.minimum(ops.maximum(top, 0.0), size - side)
    left = ops.floor(proposals[:, 1] * size - side / 2 + 0.5)
    left = ops.minimum(ops.maximum(left, 0.0), size - side)
    return ops.cast(ops.stack([top, left, top + side, left + side], axis=1), "int32")


def right_2(proposals, size):
    """Row and column together; bounded before the floor, which comes to the same for whole bounds."""
    side = ops.floor(ops.clip(2.0 * size * proposals[:, 2:] + 0.5, 1.0, float(size)))
    start = proposals[:, :2] * size - 0.5 * side + 0.5
    start = ops.floor(ops.minimum(ops.maximum(start, 0.0), size - side))
    return ops.cast(ops.concatenate([start, start + side], axis=-1), "int32")


def right_3(proposals, size):
    """In NumPy, with whole numbers as early as possible."""
    values = ops.convert_to_numpy(proposals)
    side = np.clip(np.floor(2 * values[:, 2] * size + 0.5), 1, size).astype("int64")
    corner = np.floor(values[:, :2] * size - side[:, None].astype(values.dtype) / 2 + 0.5)
    corner = np.clip(corner, 0, (size - side)[:, None]).astype("int64")
    return ops.convert_to_tensor(np.concatenate([corner, corner + side[:, None]], axis=1), dtype="int32")


def right_4(proposals, size):
    """Box after box in plain Python."""
    boxes = []
    for cy, cx, half in ops.convert_to_numpy(proposals).tolist():
        side = min(max(math.floor(2 * half * size + 0.5), 1), size)
        top = min(max(math.floor(cy * size - side / 2 + 0.5), 0), size - side)
        left = min(max(math.floor(cx * size - side / 2 + 0.5), 0), size - side)
        boxes.append([top, left, top + side, left + side])
    return ops.convert_to_tensor(boxes, dtype="int32")


def _side(proposals, size):
    return ops.clip(ops.floor(2 * proposals[:, 2] * size + 0.5), 1.0, float(size))


def _start(centre, side, size):
    return ops.minimum(ops.maximum(ops.floor(centre * size - side / 2 + 0.5), 0.0), size - side)


def _whole(*columns):
    return ops.cast(ops.stack(columns, axis=1), "int32")


def wrong_1(proposals, size):
    """Rounds halves to the even number. Wrong on: 2 l S or c S - s / 2 halfway above an even number."""
    side = ops.clip(ops.round(2 * proposals[:, 2] * size), 1.0, float(size))
    top = ops.clip(ops.round(proposals[:, 0] * size - side / 2), 0.0, size - side)
    left = ops.clip(ops.round(proposals[:, 1] * size - side / 2), 0.0, size - side)
    return _whole(top, left, top + side, left + side)


def wrong_2(proposals, size):
    """Cuts boxes off at the border instead of moving them. Wrong on: boxes that reach beyond the picture."""
    side = _side(proposals, size)
    top = ops.floor(proposals[:, 0] * size - side / 2 + 0.5)
    left = ops.floor(proposals[:, 1] * size - side / 2 + 0.5)
    limit = float(size)
    return _whole(
        ops.clip(top, 0.0, limit),
        ops.clip(left, 0.0, limit),
        ops.clip(top + side, 0.0, limit),
        ops.clip(left + side, 0.0, limit),
    )


def wrong_3(proposals, size):
    """Rounds down, without the half. Wrong on: 2 l S or c S - s / 2 with a fraction of 1/2 or more."""
    side = ops.clip(ops.floor(2 * proposals[:, 2] * size), 1.0, float(size))
    start = ops.floor(proposals[:, :2] * size - side[:, None] / 2)
    start = ops.minimum(ops.maximum(start, 0.0), size - side[:, None])
    return ops.cast(ops.concatenate([start, start + side[:, None]], axis=1), "int32")


def wrong_4(proposals, size):
    """Takes the half-width for the side. Wrong on: nearly every box wider than a pixel."""
    side = ops.clip(ops.floor(proposals[:, 2] * size + 0.5), 1.0, float(size))
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side, left + side)


def wrong_5(proposals, size):
    """Gives the last row and column that belong to the box. Wrong on: every input."""
    side = _side(proposals, size)
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side - 1, left + side - 1)


def wrong_6(proposals, size):
    """Gives top, left, height and width. Wrong on: boxes that do not begin at row and column 0."""
    side = _side(proposals, size)
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, side, side)


def wrong_7(proposals, size):
    """Gives left, top, right and bottom. Wrong on: c_y and c_x that lead to different starts."""
    side = _side(proposals, size)
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(left, top, left + side, top + side)


def wrong_8(proposals, size):
    """Boxes may be empty, no side of at least 1. Wrong on: 2 l S below 1/2."""
    side = ops.minimum(ops.floor(2 * proposals[:, 2] * size + 0.5), float(size))
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side, left + side)


def wrong_9(proposals, size):
    """The side is not bounded by the picture. Wrong on: 2 l S of S + 1/2 or more."""
    side = ops.maximum(ops.floor(2 * proposals[:, 2] * size + 0.5), 1.0)
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side, left + side)


def wrong_10(proposals, size):
    """Centre pixel minus half of the side, floor(c S) - s // 2. Wrong on: even s, c S with 1/2 or more."""
    side = ops.cast(_side(proposals, size), "int32")
    top = ops.cast(ops.floor(proposals[:, 0] * size), "int32") - side // 2
    left = ops.cast(ops.floor(proposals[:, 1] * size), "int32") - side // 2
    top = ops.minimum(ops.maximum(top, 0), size - side)
    left = ops.minimum(ops.maximum(left, 0), size - side)
    return ops.stack([top, left, top + side, left + side], axis=1)


def wrong_11(proposals, size):
    """Halves the side in whole numbers, s // 2. Wrong on: odd s with c S at a fraction of 1/2 or more."""
    side = _side(proposals, size)
    half = ops.floor(side / 2)
    top = ops.clip(ops.floor(proposals[:, 0] * size - half + 0.5), 0.0, size - side)
    left = ops.clip(ops.floor(proposals[:, 1] * size - half + 0.5), 0.0, size - side)
    return _whole(top, left, top + side, left + side)


def wrong_12(proposals, size):
    """Rounds the two edges each for itself, sides vary by one. Wrong on: 2 l S that is no whole number."""
    values = ops.convert_to_numpy(proposals)
    boxes = []
    for cy, cx, half in values:
        side = int(min(max(np.floor(2 * half * size + 0.5), 1), size))
        box = []
        for centre in (cy, cx):
            start = int(np.floor((centre - half) * size + 0.5))
            stop = max(int(np.floor((centre + half) * size + 0.5)), start + 1)
            if start < 0:
                start, stop = 0, side
            if stop > size:
                start, stop = size - side, size
            box.append((start, stop))
        boxes.append([box[0][0], box[1][0], box[0][1], box[1][1]])
    return ops.convert_to_tensor(np.array(boxes, dtype="int32"))


def wrong_13(proposals, size):
    """Takes l S off the centre, not half of the rounded side. Wrong on: 2 l S that is no whole number."""
    side = _side(proposals, size)
    top = ops.floor((proposals[:, 0] - proposals[:, 2]) * size + 0.5)
    left = ops.floor((proposals[:, 1] - proposals[:, 2]) * size + 0.5)
    top = ops.minimum(ops.maximum(top, 0.0), size - side)
    left = ops.minimum(ops.maximum(left, 0.0), size - side)
    return _whole(top, left, top + side, left + side)


def wrong_14(proposals, size):
    """Returns whole numbers as floats. Wrong on: every input, by its dtype."""
    side = _side(proposals, size)
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return ops.stack([top, left, top + side, left + side], axis=1)


def wrong_15(proposals, size):
    """Bounds the start by S - 1, not S - s. Wrong on: boxes that reach beyond the bottom or right."""
    side = _side(proposals, size)
    top = ops.clip(ops.floor(proposals[:, 0] * size - side / 2 + 0.5), 0.0, size - 1.0)
    left = ops.clip(ops.floor(proposals[:, 1] * size - side / 2 + 0.5), 0.0, size - 1.0)
    return _whole(top, left, top + side, left + side)


def wrong_16(proposals, size):
    """Rounds the side up, to cover all of the square. Wrong on: 2 l S with a fraction between 0 and 1/2."""
    side = ops.clip(ops.ceil(2 * proposals[:, 2] * size), 1.0, float(size))
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side, left + side)


def wrong_17(proposals, size):
    """Doubles the rounded half-width, sides are even. Wrong on: 2 l S that rounds to an odd number."""
    side = ops.clip(2 * ops.floor(proposals[:, 2] * size + 0.5), 1.0, float(size))
    top, left = _start(proposals[:, 0], side, size), _start(proposals[:, 1], side, size)
    return _whole(top, left, top + side, left + side)


def wrong_18(proposals, size):
    """Moves a box in from the bottom and right only. Wrong on: boxes that reach beyond the top or left."""
    side = _side(proposals, size)
    top = ops.minimum(ops.floor(proposals[:, 0] * size - side / 2 + 0.5), size - side)
    left = ops.minimum(ops.floor(proposals[:, 1] * size - side / 2 + 0.5), size - side)
    return _whole(top, left, top + side, left + side)
