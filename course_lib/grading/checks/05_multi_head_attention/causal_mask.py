"""Verdict of `causal_mask`: who may look where, for queries that begin at any position."""

import numpy as np


def draw(generator):
    """Square masks, one query behind many keys, room for later keys, and fewer keys than queries."""
    primes = (2, 3, 5, 7, 11)
    length, more, behind = (int(generator.choice(primes[1:])) for _ in range(3))
    return [
        {"length": 3, "key_length": 3, "start": 0},
        {"length": length, "key_length": length, "start": 0},
        {"length": length, "key_length": length + more, "start": more},
        {"length": 1, "key_length": behind + 1, "start": behind},
        {"length": length, "key_length": length + more + behind, "start": more},
        {"length": length + more, "key_length": more, "start": 0},
        {"length": 2, "key_length": 13, "start": int(generator.integers(2, 9))},
    ]


def _distance(length, key_length, start):
    """How far key s stands behind query t's own position: negative for the past. (T, S)"""
    return np.arange(key_length)[None, :] - (start + np.arange(length))[:, None]


def reference(length, key_length, start):
    return _distance(length, key_length, start) <= 0


def _own_position_hidden(length, key_length, start):
    return _distance(length, key_length, start) < 0


def _one_too_many(length, key_length, start):
    return _distance(length, key_length, start) <= 1


def _inverted(length, key_length, start):
    return _distance(length, key_length, start) > 0


def _future_for_past(length, key_length, start):
    return _distance(length, key_length, start) >= 0


def _start_ignored(length, key_length, start):
    return _distance(length, key_length, 0) <= 0


def _aligned_at_the_end(length, key_length, start):
    return _distance(length, key_length, key_length - length) <= 0


def _start_subtracted(length, key_length, start):
    return _distance(length, key_length, -start) <= 0


def _axes_swapped(length, key_length, start):
    return reference(length, key_length, start).T


def _batch_axis_added(length, key_length, start):
    return reference(length, key_length, start)[None]


MISTAKES = {
    "own_position_hidden": _own_position_hidden,
    "one_too_many": _one_too_many,
    "inverted": _inverted,
    "future_for_past": _future_for_past,
    "start_ignored": _start_ignored,
    "aligned_at_the_end": _aligned_at_the_end,
    "start_subtracted": _start_subtracted,
    "axes_swapped": _axes_swapped,
    "batch_axis_added": _batch_axis_added,
}


def _holds_numbers(arguments, received, expected):
    """Ones and zeros, or zeros and very low numbers, where booleans belong."""
    return received.dtype.kind in "iuf" and received.shape == expected.shape


SYMPTOMS = {"numbers_for_booleans": _holds_numbers}
