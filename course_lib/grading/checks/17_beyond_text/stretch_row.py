"""Verdict of `stretch_row`: linear interpolation between the middles of cells."""

import numpy as np


def draw(generator):
    """Tables (R, D), lengthened, shortened and left as they are."""
    cases = []
    for rows, length, width, size in (
        (2, 5, 1, 1.0),
        (3, 11, 5, 1.0),
        (7, 3, 2, 1.0),
        (11, 7, 3, 0.02),
        (5, 5, 3, 1.0),
        (5, 1, 2, 1.0),
        (1, 3, 2, 1.0),
        (13, 2, 2, 100.0),
    ):
        cases.append({"table": generator.normal(0, size, (rows, width)), "length": length})
    return cases


CONDITIONS = {
    "longer, by no whole number": lambda case: (
        case["length"] > len(case["table"]) > 1 and case["length"] % len(case["table"])
    ),
    "shorter, to more than one row": lambda case: len(case["table"]) > case["length"] > 1,
    "shorter than half": lambda case: len(case["table"]) > 2 * case["length"] > 2,
    "as long as it was": lambda case: case["length"] == len(case["table"]),
    "one row wanted": lambda case: case["length"] == 1,
    "one row given": lambda case: len(case["table"]) == 1,
    "one channel": lambda case: case["table"].shape[1] == 1,
}


def reference(table, length):
    places = (np.arange(length) + 0.5) * len(table) / length - 0.5
    columns = [np.interp(places, np.arange(len(table)), column) for column in table.T]
    return np.stack(columns, axis=1)


def _middles(rows, length):
    return (np.arange(length) + 0.5) * rows / length - 0.5


def _clipped(places, rows):
    return np.clip(places, 0, rows - 1)


def _between(table, places):
    """Rows at places from 0 to R - 1."""
    lower = np.floor(places).astype(int)
    share = (places - lower)[:, None]
    return (1 - share) * table[lower] + share * table[np.minimum(lower + 1, len(table) - 1)]


def _at(places_of):
    """The answer with other places, clipped."""

    def answer(table, length):
        return _between(table, _clipped(places_of(len(table), length), len(table)))

    return answer


def _whole(rounded):
    """The row at one whole number beside each place."""

    def answer(table, length):
        places = rounded(_clipped(_middles(len(table), length), len(table))).astype(int)
        return table[_clipped(places, len(table))]

    return answer


def _ends(rows, length):
    return np.linspace(0, rows - 1, length)


def _ends_in_python(rows, length):
    return np.array([o * ((rows - 1) / (length - 1)) for o in range(length)])  # raises for one row


def _ends_without_a_number(table, length):
    """The same with tensors: zero divided by zero, where one row is wanted."""
    return np.full((1, table.shape[1]), np.nan) if length == 1 else _at(_ends)(table, length)


def _cut_off(fill):
    def answer(table, length):
        missing = max(length - len(table), 0)
        return np.concatenate([table[:length], fill(table, missing)])

    return answer


def _repeated(table, length):
    return table[np.arange(length) % len(table)]


def _in_a_ring(table, length):
    places = _middles(len(table), length)
    lower = np.floor(places).astype(int)
    share = (places - lower)[:, None]
    return (1 - share) * table[lower % len(table)] + share * table[(lower + 1) % len(table)]


def _extrapolated(table, length):
    places = _middles(len(table), length)
    lower = np.clip(np.floor(places).astype(int), 0, max(len(table) - 2, 0))
    upper = np.minimum(lower + 1, len(table) - 1)
    share = (places - lower)[:, None]
    return (1 - share) * table[lower] + share * table[upper]


def _fading(table, length):
    away = np.abs(_middles(len(table), length)[:, None] - np.arange(len(table)))
    return np.maximum(0, 1 - away) @ table


def _shares_exchanged(table, length):
    places = _clipped(_middles(len(table), length), len(table))
    lower = np.floor(places).astype(int)
    share = (places - lower)[:, None]
    return share * table[lower] + (1 - share) * table[np.minimum(lower + 1, len(table) - 1)]


def _averaged(table, length):
    away = np.abs(_middles(len(table), length)[:, None] - np.arange(len(table)))
    weights = np.maximum(0, 1 - away / max(len(table) / length, 1))
    return weights / weights.sum(axis=1, keepdims=True) @ table


MISTAKES = {
    "ends_on_ends": (_at(_ends), _at(_ends_in_python), _ends_without_a_number),
    "nearest_row": (
        _whole(np.round),
        _whole(lambda places: np.floor(places + 0.5)),
        _whole(np.floor),
        _whole(np.ceil),
        lambda table, length: table[np.arange(length) * len(table) // length],
    ),
    "half_missing": (
        _at(lambda rows, length: np.arange(length) * rows / length),
        _at(lambda rows, length: (np.arange(length) + 0.5) * rows / length),
        _at(lambda rows, length: np.arange(length) * rows / length - 0.5),
    ),
    "ratio_inverted": _at(lambda rows, length: (np.arange(length) + 0.5) * length / rows - 0.5),
    "wraps_round": (_in_a_ring, _repeated),
    "cut_off": (
        _cut_off(lambda table, missing: np.repeat(table[-1:], missing, axis=0)),
        _cut_off(lambda table, missing: np.zeros((missing, table.shape[1]))),
    ),
    "extrapolated": _extrapolated,
    "fades_at_the_ends": _fading,
    "shares_exchanged": _shares_exchanged,
    "averaged_where_shorter": _averaged,
}
