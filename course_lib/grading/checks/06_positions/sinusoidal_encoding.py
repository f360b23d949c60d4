"""Verdict of `sinusoidal_encoding`: sines and cosines side by side, of ever lower frequency."""

import numpy as np


def draw(generator):
    """Lengths and even widths, one position and one pair among them; first a case small enough to read."""
    cases = [{"length": length, "dim": dim} for length, dim in ((3, 4), (1, 6), (5, 2), (6, 6))]
    cases.append({"length": 3, "dim": 8})  # the first length once more: what is kept by length is wrong
    for lengths, widths in (
        ((5, 7), (6, 10)),
        ((11, 13), (14, 22)),
        ((23, 29), (34, 38)),
    ):
        cases.append({"length": int(generator.choice(lengths)), "dim": int(generator.choice(widths))})
    return [*cases, {"length": int(generator.integers(31, 61)), "dim": 10}]


CONDITIONS = {
    "one position": lambda case: case["length"] == 1,
    "one pair": lambda case: case["dim"] == 2,
    "as many positions as columns": lambda case: case["length"] == case["dim"] > 2,
    "more positions than columns": lambda case: case["length"] > case["dim"] > 2,
    "more columns than positions": lambda case: case["dim"] > case["length"] > 1,
    "an odd number of pairs": lambda case: case["dim"] % 4 == 2 and case["dim"] > 2,
    "an even number of pairs": lambda case: case["dim"] % 4 == 0,
    "positions from 30 on": lambda case: case["length"] > 30,
}


def _angles(length, dim, exponents=None, first=0):
    exponents = np.arange(0, dim, 2) / dim if exponents is None else exponents
    return (first + np.arange(length))[:, None] * 10000.0**-exponents


def _interleaved(even, odd):
    return np.stack([even, odd], axis=-1).reshape(len(even), -1)


def reference(length, dim):
    angles = _angles(length, dim)
    return _interleaved(np.sin(angles), np.cos(angles))


def _sine_cosine_swapped(length, dim):
    angles = _angles(length, dim)
    return _interleaved(np.cos(angles), np.sin(angles))


def _halves_concatenated(length, dim):
    angles = _angles(length, dim)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)


def _by_column(factor):
    """Each column has a frequency of its own, with the exponent `factor` times its number."""

    def encoding(length, dim):
        angles = _angles(length, dim, factor * np.arange(dim) / dim)
        return np.where(np.arange(dim) % 2, np.cos(angles), np.sin(angles))

    return encoding


def _exponent_halved(length, dim):
    angles = _angles(length, dim, np.arange(dim // 2) / dim)
    return _interleaved(np.sin(angles), np.cos(angles))


def _positions_from_one(length, dim):
    angles = _angles(length, dim, first=1)
    return _interleaved(np.sin(angles), np.cos(angles))


def _exponents_to_one(exponents):
    """The last pair has the exponent 1; `exponents` says what becomes of a single pair."""

    def encoding(length, dim):
        angles = _angles(length, dim, exponents(dim))
        return _interleaved(np.sin(angles), np.cos(angles))

    return encoding


def _whole_exponents(length, dim):
    return _exponents_to_one(lambda dim: np.zeros(dim // 2))(length, dim)


def _stacked_in_front(length, dim):
    angles = _angles(length, dim)
    return np.stack([np.sin(angles), np.cos(angles)]).reshape(length, dim)


def _wrong_base(length, dim):
    angles = np.arange(length)[:, None] * np.exp(-np.arange(0, dim, 2) / dim)
    return _interleaved(np.sin(angles), np.cos(angles))


def _sines_only(length, dim):
    angles = _angles(length, dim)
    return _interleaved(np.sin(angles), np.sin(angles))


def _frequencies_rise(arguments, received, expected):
    """Position 1, where even float32 knows such great angles well enough."""
    angles = 10000.0 ** (np.arange(0, arguments["dim"], 2) / arguments["dim"])
    row = _interleaved(np.sin(angles)[None], np.cos(angles)[None])[0]
    is_array = isinstance(received, np.ndarray) and received.shape == expected.shape
    return is_array and np.allclose(received[1], row, atol=0.01)


MISTAKES = {
    "positions_from_one": _positions_from_one,
    "sine_cosine_swapped": _sine_cosine_swapped,
    "halves_concatenated": _halves_concatenated,
    "frequency_by_column": _by_column(1),
    "exponent_doubled": _by_column(2),
    "exponent_halved": _exponent_halved,
    "exponents_to_one": (
        _exponents_to_one(lambda dim: np.arange(0, dim, 2) / np.float64(dim - 2)),
        _exponents_to_one(lambda dim: np.arange(0, dim, 2) / max(dim - 2, 1)),
        _exponents_to_one(lambda dim: np.array([i / (dim - 2) for i in range(0, dim, 2)])),
    ),
    "one_frequency": _whole_exponents,
    "scrambled": _stacked_in_front,
    "wrong_base": _wrong_base,
    "sines_only": _sines_only,
}
SYMPTOMS = {"frequencies_rise": _frequencies_rise}
