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
        {"length": 5, "key_length": 3, "start": 3},
        {"length": 3, "key_length": 5, "start": 3},
        {"length": 3, "key_length": 5, "start": 1},  # the same shape once more
        {"length": 1, "key_length": 1, "start": 0},
    ]


CONDITIONS = {
    "as many keys as queries, from position 0": lambda case: (
        case["start"] == 0 and case["length"] == case["key_length"] > 1
    ),
    "one query behind earlier keys": lambda case: (
        case["length"] == 1 < case["start"] + 1 == case["key_length"]
    ),
    "room for later keys": lambda case: 0 < case["start"] + case["length"] < case["key_length"],
    "fewer keys than queries": lambda case: case["start"] == 0 and case["key_length"] < case["length"],
    "no key at or behind the position of the first query": lambda case: case["key_length"] <= case["start"],
    "the last queries stand behind the last key": lambda case: (
        case["start"] < case["key_length"] < case["start"] + case["length"]
    ),
    "one query and one key": lambda case: case["length"] == case["key_length"] == 1,
    "the last query stands at the last key": lambda case: (
        case["start"] > 0 and case["start"] + case["length"] == case["key_length"]
    ),
}


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


def _in_numbers(attended, hidden):
    """The right mask, of real numbers or integers where booleans belong."""
    return lambda **sizes: np.where(reference(**sizes), float(attended), float(hidden))


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
    "numbers_for_booleans": tuple(
        _in_numbers(*pair) for pair in ((1, 0), (0, 1), (0, -1e9), (0, -1e4), (0, -np.inf))
    ),
    "batch_axis_added": _batch_axis_added,
}
