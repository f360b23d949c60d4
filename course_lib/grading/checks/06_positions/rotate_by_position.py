"""Verdict of `rotate_by_position`: neighbouring entries turned together by their position."""

import numpy as np


def draw(generator):
    """Vectors (B, T, K), K even, from position 0 and from later ones."""
    cases = []
    for batch, length, width, start, scale in (
        (1, 2, 4, 0, 1.0),
        (2, 3, 6, 0, 0.1),
        (3, 5, 10, 0, 1.0),
        (2, 7, 14, 11, 10.0),
        (5, 2, 22, 3, 1.0),
        (3, 1, 6, 29, 1.0),
        (3, 5, 2, 1, 1.0),
        (4, 4, 4, 7, 1.0),
    ):
        cases.append({"vectors": generator.normal(0, scale, (batch, length, width)), "start": start})
    return cases


CONDITIONS = {
    "a start of 0": lambda case: case["start"] == 0,
    "a start of 1": lambda case: case["start"] == 1,
    "a start beyond the number of positions": lambda case: case["start"] > case["vectors"].shape[1] > 1,
    "one position of several sentences": lambda case: case["vectors"].shape[1] == 1 < len(case["vectors"]),
    "one sentence": lambda case: len(case["vectors"]) == 1,
    "one pair": lambda case: case["vectors"].shape[2] == 2,
    "an even number of pairs": lambda case: case["vectors"].shape[2] % 4 == 0,
    "an odd number of pairs": lambda case: case["vectors"].shape[2] % 4 == 2 and case["vectors"].shape[2] > 2,
    "as many sentences, positions and entries": lambda case: len(set(case["vectors"].shape)) == 1,
    "vectors beyond 10": lambda case: np.abs(case["vectors"]).max() > 10,
}


def _angles(vectors, start, step=2):
    """Angles (T, K / 2); `step` is the 2 of the exponent 2i / K."""
    length, width = vectors.shape[1:]
    return (start + np.arange(length))[:, None] / 10000.0 ** (step * np.arange(width // 2) / width)


def _turn(first, second, angles, sign=1):
    cosines, sines = np.cos(angles), sign * np.sin(angles)
    return first * cosines - second * sines, first * sines + second * cosines


def _neighbours(vectors, angles, sign=1):
    turned = _turn(vectors[..., 0::2], vectors[..., 1::2], angles, sign)
    return np.stack(turned, axis=-1).reshape(vectors.shape)


def reference(vectors, start):
    return _neighbours(vectors, _angles(vectors, start))


def _halves_paired(vectors, start):
    turned = _turn(*np.split(vectors, 2, axis=-1), _angles(vectors, start))
    return np.concatenate(turned, axis=-1)


def _halves_returned(vectors, start):
    turned = _turn(vectors[..., 0::2], vectors[..., 1::2], _angles(vectors, start))
    return np.concatenate(turned, axis=-1)


def _cosines_in_halves(vectors, start):
    """Neighbours are turned, but entry i has the angle of pair i mod K / 2."""
    angles = np.tile(_angles(vectors, start), 2)
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    moved = np.stack([-odd, even], axis=-1).reshape(vectors.shape)
    return vectors * np.cos(angles) + moved * np.sin(angles)


def _cosines_in_pairs(vectors, start):
    """Halves are turned, but entry i has the angle of pair i // 2."""
    angles = np.repeat(_angles(vectors, start), 2, axis=-1)
    first, second = np.split(vectors, 2, axis=-1)
    return vectors * np.cos(angles) + np.concatenate([-second, first], axis=-1) * np.sin(angles)


def _new_entry_used(vectors, start):
    cosines, sines = np.cos(_angles(vectors, start)), np.sin(_angles(vectors, start))
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    even = even * cosines - odd * sines
    return np.stack([even, even * sines + odd * cosines], axis=-1).reshape(vectors.shape)


def _one_angle(vectors, start):
    angles = np.broadcast_to(_angles(vectors, start)[:, :1], (vectors.shape[1], vectors.shape[2] // 2))
    return _neighbours(vectors, angles)


def _one_position(vectors, start):
    return _neighbours(vectors, start * _angles(vectors[:, :1], 1))


def _direction_inverted(vectors, start):
    return _neighbours(vectors, _angles(vectors, start), sign=-1)


def _positions_from_one(vectors, start):
    return reference(vectors, start + 1)


def _start_ignored(vectors, start):
    return reference(vectors, 0)


def _exponent(step):
    return lambda vectors, start: _neighbours(vectors, _angles(vectors, start, step))


def _no_rotation(vectors, start):
    cosines, sines = np.cos(_angles(vectors, start)), np.sin(_angles(vectors, start))
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    pairs = [even * cosines + odd * sines, even * sines + odd * cosines]
    return np.stack(pairs, axis=-1).reshape(vectors.shape)


def _sinusoids_added(vectors, start):
    angles = _angles(vectors, start)
    return vectors + np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(vectors.shape[1:])


def _cosines_only(vectors, start):
    return vectors * np.repeat(np.cos(_angles(vectors, start)), 2, axis=-1)


MISTAKES = {
    "start_ignored": _start_ignored,
    "positions_from_one": _positions_from_one,
    "direction_inverted": _direction_inverted,
    "halves_paired": _halves_paired,
    "halves_returned": _halves_returned,
    "two_layouts_mixed": (_cosines_in_halves, _cosines_in_pairs),
    "new_entry_used": _new_entry_used,
    "one_angle": _one_angle,
    "one_position_for_all": _one_position,
    "exponent_doubled": _exponent(4),
    "exponent_halved": _exponent(1),
    "no_rotation": _no_rotation,
    "sinusoids_added": _sinusoids_added,
    "cosines_only": _cosines_only,
}
