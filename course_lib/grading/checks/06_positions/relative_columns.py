"""Verdict of `relative_columns`: clipped distances from queries to keys, counted from zero."""

import numpy as np


def draw(generator):
    """More queries than keys and the reverse, near and far clips, from position 0 and from later ones."""
    cases = [{"length": 3, "key_length": 3, "max_distance": 1, "start": 0}]
    for length, key_length, furthest, start in (
        (5, 7, 2, 0),
        (7, 5, 3, 0),
        (3, 11, 5, 2),
        (1, 13, 5, 12),
        (13, 11, 4, 5),
        (5, 3, 2, 7),
        (3, 1, 1, 0),
    ):
        case = {"length": length, "key_length": key_length, "start": start}
        cases.append({**case, "max_distance": int(generator.integers(1, furthest + 1))})
    size = int(generator.integers(11, 23))
    cases.append({"length": size, "key_length": size, "max_distance": size + 1, "start": 0})
    return [*cases, {"length": 3, "key_length": 7, "max_distance": 4, "start": 2}]


def _distances(case):
    return _distance(case["length"], case["key_length"], case["start"])


CONDITIONS = {
    "a start of 0": lambda case: case["start"] == 0,
    "a later start": lambda case: case["start"] > 0 and case["length"] > 1,
    "queries that all stand behind the keys": lambda case: case["start"] >= case["key_length"],
    "one query": lambda case: case["length"] == 1 < case["key_length"],
    "one key": lambda case: case["key_length"] == 1 < case["length"],
    "more queries than keys": lambda case: case["length"] > case["key_length"] > 1,
    "more keys than queries": lambda case: case["key_length"] > case["length"] > 1,
    "keys too far before and too far behind": lambda case: (
        _distances(case).min() < -case["max_distance"] and _distances(case).max() > case["max_distance"]
    ),
    "a clip that no distance reaches": lambda case: np.abs(_distances(case)).max() < case["max_distance"],
    "distances of just m on both sides": lambda case: (
        -_distances(case).min() == _distances(case).max() == case["max_distance"]
    ),
    "a longest distance of 1": lambda case: case["max_distance"] == 1,
}


def _distance(length, key_length, start):
    return np.arange(key_length)[None, :] - start - np.arange(length)[:, None]


def reference(length, key_length, max_distance, start):
    return np.clip(_distance(length, key_length, start), -max_distance, max_distance) + max_distance


def _sign_inverted(length, key_length, max_distance, start):
    return np.clip(-_distance(length, key_length, start), -max_distance, max_distance) + max_distance


def _not_clipped(length, key_length, max_distance, start):
    return _distance(length, key_length, start) + max_distance


def _clipped_one_short(length, key_length, max_distance, start):
    return np.clip(_distance(length, key_length, start), 1 - max_distance, max_distance - 1) + max_distance


def _clipped_before_only(length, key_length, max_distance, start):
    return np.maximum(_distance(length, key_length, start), -max_distance) + max_distance


def _clipped_behind_only(length, key_length, max_distance, start):
    return np.minimum(_distance(length, key_length, start), max_distance) + max_distance


def _not_shifted(length, key_length, max_distance, start):
    return np.clip(_distance(length, key_length, start), -max_distance, max_distance)


def _direction_lost(length, key_length, max_distance, start):
    return np.minimum(np.abs(_distance(length, key_length, start)), max_distance)


def _direction_lost_shifted(length, key_length, max_distance, start):
    return _direction_lost(length, key_length, max_distance, start) + max_distance


def _start_ignored(length, key_length, max_distance, start):
    return reference(length, key_length, max_distance, 0)


def _start_of_keys(length, key_length, max_distance, start):
    return reference(length, key_length, max_distance, -start)


def _counted_from_one(length, key_length, max_distance, start):
    return reference(length, key_length, max_distance, start) + 1


MISTAKES = {
    "start_ignored": _start_ignored,
    "start_of_keys": _start_of_keys,
    "sign_inverted": _sign_inverted,
    "not_clipped": _not_clipped,
    "clipped_on_one_side": (_clipped_before_only, _clipped_behind_only),
    "clipped_one_short": _clipped_one_short,
    "not_shifted": _not_shifted,
    "direction_lost": (_direction_lost, _direction_lost_shifted),
    "counted_from_one": _counted_from_one,
}
