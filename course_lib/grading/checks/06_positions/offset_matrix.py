"""Verdict of `offset_matrix`: blocks that turn a sine and a cosine of one frequency together."""

import numpy as np


def draw(generator):
    """Offsets of both signs and even widths, a single pair among them; first a case small enough to read."""
    cases = [{"offset": 1, "dim": 4}, {"offset": 0, "dim": 6}, {"offset": -1, "dim": 2}]
    for low, high, dim in ((2, 20, 6), (-20, -1, 10), (2, 50, 14), (-50, -20, 20), (4, 9, 2)):
        cases.append({"offset": int(generator.integers(low, high)), "dim": dim})
    return cases


CONDITIONS = {
    "an offset of 0": lambda case: case["offset"] == 0,
    "one step forwards": lambda case: case["offset"] == 1,
    "several steps forwards": lambda case: case["offset"] > 1 and case["dim"] > 2,
    "one step back": lambda case: case["offset"] == -1,
    "twenty steps back or more": lambda case: case["offset"] <= -20,
    "more than half a turn": lambda case: case["offset"] > np.pi,
    "one pair": lambda case: case["dim"] == 2,
    "an odd number of pairs": lambda case: case["dim"] % 4 == 2 and case["dim"] > 2,
    "an even number of pairs": lambda case: case["dim"] % 4 == 0,
}


def _angles(offset, dim):
    return offset / 10000.0 ** (np.arange(0, dim, 2) / dim)


def _blocks(angles, corners):
    """A matrix with one block for each angle on its diagonal; `corners(c, s)` gives a block's two rows."""
    matrix = np.zeros((2 * len(angles),) * 2)
    for index, angle in enumerate(angles):
        matrix[2 * index : 2 * index + 2, 2 * index : 2 * index + 2] = corners(np.cos(angle), np.sin(angle))
    return matrix


def reference(offset, dim):
    return _blocks(_angles(offset, dim), lambda c, s: [[c, s], [-s, c]])


def _transposed(offset, dim):
    return reference(offset, dim).T


def _offset_ignored(offset, dim):
    return reference(1, dim)


def _sign_of_offset_lost(offset, dim):
    return reference(abs(offset), dim)


def _exponent_halved(offset, dim):
    return _blocks(offset / 10000.0 ** (np.arange(dim // 2) / dim), lambda c, s: [[c, s], [-s, c]])


def _no_rotation(offset, dim):
    return _blocks(_angles(offset, dim), lambda c, s: [[c, s], [s, c]])


def _diagonal_only(offset, dim):
    return _blocks(_angles(offset, dim), lambda c, s: [[c, 0], [0, c]])


def _one_angle(offset, dim):
    return _blocks(np.full(dim // 2, float(offset)), lambda c, s: [[c, s], [-s, c]])


def _halves_paired(offset, dim):
    cosines, sines = np.diag(np.cos(_angles(offset, dim))), np.diag(np.sin(_angles(offset, dim)))
    return np.block([[cosines, sines], [-sines, cosines]])


def _halves_transposed(offset, dim):
    return _halves_paired(offset, dim).T


MISTAKES = {
    "offset_ignored": _offset_ignored,
    "sign_of_offset_lost": _sign_of_offset_lost,
    "transposed": _transposed,
    "halves_paired": (_halves_paired, _halves_transposed),
    "no_rotation": _no_rotation,
    "diagonal_only": _diagonal_only,
    "exponent_halved": _exponent_halved,
    "one_angle": _one_angle,
}
