"""Wrong answers to `crop_box`, each named after the mistake it makes."""

from keras import ops


def _half_up(numbers):
    return ops.floor(numbers + 0.5)


def _side(proposals, size, rounded=_half_up):
    return ops.clip(rounded(2.0 * proposals[:, 2:] * size), 1, size)


def _first(proposals, side, size, rounded=_half_up):
    return rounded(proposals[:, :2] * size - side / 2)


def _moved(first, side, size):
    return ops.minimum(ops.maximum(first, 0), size - side)


def _box(first, last):
    return ops.cast(ops.concatenate([first, last], axis=-1), "int32")


def axes_exchanged(proposals, size):
    side = _side(proposals, size)
    first = _moved(_first(proposals, side, size), side, size)
    top, left = first[:, 0:1], first[:, 1:2]
    return _box(ops.concatenate([left, top], axis=-1), ops.concatenate([left, top], axis=-1) + side)


def one_axis_for_both(proposals, size):
    side = _side(proposals, size)
    first = _moved(_first(proposals, side, size), side, size)[:, 0:1]
    first = ops.concatenate([first, first], axis=-1)
    return _box(first, first + side)


def end_off_by_one(proposals, size):
    side = _side(proposals, size)
    first = _moved(_first(proposals, side, size), side, size)
    return _box(first, first + side - 1)


def sides_in_place_of_ends(proposals, size):
    side = _side(proposals, size)
    first = _moved(_first(proposals, side, size), side, size)
    return _box(first, ops.concatenate([side, side], axis=-1))


def half_width_taken_for_side(proposals, size):
    side = ops.clip(_half_up(proposals[:, 2:] * size), 1, size)
    first = _moved(_first(proposals, side, size), side, size)
    return _box(first, first + side)


def cut_not_moved(proposals, size):
    side = _side(proposals, size)
    first = _first(proposals, side, size)
    return _box(ops.maximum(first, 0), ops.minimum(first + side, size))


def not_moved(proposals, size):
    side = _side(proposals, size)
    first = _first(proposals, side, size)
    return _box(first, first + side)


def corner_alone_kept_inside(proposals, size):
    side = _side(proposals, size)
    first = ops.clip(_first(proposals, side, size), 0, size - 1)
    return _box(first, first + side)


def far_border_off_by_one(proposals, size):
    side = _side(proposals, size)
    first = ops.minimum(ops.maximum(_first(proposals, side, size), 0), size - 1 - side)
    return _box(first, first + side)


def halves_to_even(proposals, size):
    side = _side(proposals, size, rounded=ops.round)
    first = _moved(_first(proposals, side, size, rounded=ops.round), side, size)
    return _box(first, first + side)


def cut_off_not_rounded(proposals, size):
    side = ops.clip(ops.cast(2.0 * proposals[:, 2:] * size, "int32"), 1, size)
    first = ops.cast(proposals[:, :2] * size - ops.cast(side, "float32") / 2, "int32")
    first = _moved(first, side, size)
    return _box(first, first + side)


def rounded_up(proposals, size):
    side = _side(proposals, size, rounded=ops.ceil)
    first = _moved(_first(proposals, side, size), side, size)
    return _box(first, first + side)


def half_of_the_side_cut_off(proposals, size):
    side = _side(proposals, size)
    first = _moved(_half_up(proposals[:, :2] * size) - side // 2, side, size)
    return _box(first, first + side)


def edges_rounded_by_themselves(proposals, size):
    centre, half_width = proposals[:, :2], proposals[:, 2:]
    low, high = _half_up((centre - half_width) * size), _half_up((centre + half_width) * size)
    return ops.clip(_box(low, high), 0, size)


def centre_taken_for_corner(proposals, size):
    side = _side(proposals, size)
    first = _moved(_half_up(proposals[:, :2] * size), side, size)
    return _box(first, first + side)


def side_not_limited(proposals, size):
    side = _half_up(2.0 * proposals[:, 2:] * size)
    first = _moved(_first(proposals, side, size), side, size)
    return _box(first, first + side)
