"""Wrong answers to `crop_box` beside its mutants."""

import numpy as np


def _half_up(numbers):
    return np.floor(numbers + 0.5)


def _box(proposals, size, side=_half_up, first=_half_up, last=0, highest=0, lowest=1, largest=None):
    proposals = np.array(proposals, "float64")
    sides = np.clip(side(2 * proposals[:, 2:] * size), lowest, size if largest is None else largest)
    corner = first(proposals[:, :2] * size - sides / 2)
    corner = np.minimum(np.maximum(corner, 0), size - sides + highest)
    return np.concatenate([corner, corner + sides + last], axis=1).astype("int32")


def end_off_by_one__too_long(proposals, size):
    return _box(proposals, size, last=1)


def far_border_off_by_one__beyond(proposals, size):
    return _box(proposals, size, highest=1)


def halves_to_even__of_the_side(proposals, size):
    return _box(proposals, size, side=np.round)


def halves_to_even__of_the_place(proposals, size):
    return _box(proposals, size, first=np.round)


def cut_off_not_rounded__the_side(proposals, size):
    return _box(proposals, size, side=np.floor)


def cut_off_not_rounded__the_place(proposals, size):
    return _box(proposals, size, first=np.floor)


def rounded_up__the_place(proposals, size):
    return _box(proposals, size, first=np.ceil)


def side_not_limited__from_below(proposals, size):
    return _box(proposals, size, lowest=0)


def side_not_limited__from_above(proposals, size):
    return _box(proposals, size, largest=10**6)


def edges_rounded_by_themselves__and_moved(proposals, size):
    proposals = np.array(proposals, "float64")
    low = _half_up((proposals[:, :2] - proposals[:, 2:]) * size)
    sides = np.clip(_half_up((proposals[:, :2] + proposals[:, 2:]) * size) - low, 1, size)
    low = np.minimum(np.maximum(low, 0), size - sides)
    return np.concatenate([low, low + sides], axis=1).astype("int32")


def edges_rounded_by_themselves__the_first(proposals, size):
    proposals = np.array(proposals, "float64")
    sides = np.clip(_half_up(2 * proposals[:, 2:] * size), 1, size)
    low = _half_up((proposals[:, :2] - proposals[:, 2:]) * size)
    low = np.minimum(np.maximum(low, 0), size - sides)
    return np.concatenate([low, low + sides], axis=1).astype("int32")


def half_of_the_side_cut_off__centre_cut_off(proposals, size):
    numbers = np.array(proposals, "float64")
    sides = np.clip(_half_up(2 * numbers[:, 2:] * size), 1, size)
    low = np.floor(numbers[:, :2] * size) - sides // 2
    low = np.minimum(np.maximum(low, 0), size - sides)
    return np.concatenate([low, low + sides], axis=1).astype("int32")


def ends_first(proposals, size):
    return np.roll(_box(proposals, size), 2, axis=1)


def one_pixel_down(proposals, size):
    return _box(proposals, size) + 1


def side_from_the_whole_width(proposals, size):
    proposals = np.array(proposals, "float64") * np.array([1.0, 1.0, 2.0])
    return _box(proposals, size)
