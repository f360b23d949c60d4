"""Verdict of `span_length_probabilities`: a geometric distribution whose long tail is drawn again."""

import numpy as np


def draw(generator):
    """The published pair, others, and both extremes."""
    pairs = [(0.2, 10), (0.5, 3), (0.35, 7), (0.05, 13), (1.0, 5), (0.7, 1), (0.9, 2)]
    pairs += [(round(float(generator.uniform(0.1, 0.8)), 3), int(generator.integers(2, 12)))]
    return [{"stop_probability": stop, "longest": longest} for stop, longest in pairs]


CONDITIONS = {
    "the published pair": lambda case: (case["stop_probability"], case["longest"]) == (0.2, 10),
    "a stop probability of 1": lambda case: case["stop_probability"] == 1,
    "a stop probability above one half": lambda case: 0.5 < case["stop_probability"] < 1,
    "a stop probability below 0.1": lambda case: case["stop_probability"] < 0.1,
    "one length": lambda case: case["longest"] == 1,
}


def _geometric(stop_probability, longest):
    return stop_probability * (1 - stop_probability) ** np.arange(longest)


def _normalised(weights):
    return weights / weights.sum()


def reference(stop_probability, longest):
    return _normalised(_geometric(stop_probability, longest))


def _clipped(stop_probability, longest):
    probabilities = _geometric(stop_probability, longest)
    probabilities[-1] += 1 - probabilities.sum()
    return probabilities


def _from_zero(stop_probability, longest):
    """Lengths 0 … L."""
    return _normalised(_geometric(stop_probability, longest + 1))


def _longest_never(stop_probability, longest):
    weights = _geometric(stop_probability, longest)
    weights[-1] *= longest == 1
    return _normalised(weights)


def _spread_evenly(stop_probability, longest):
    probabilities = _geometric(stop_probability, longest)
    return probabilities + (1 - probabilities.sum()) / longest


def _all_to_the_first(stop_probability, longest):
    probabilities = _geometric(stop_probability, longest)
    probabilities[0] += 1 - probabilities.sum()
    return probabilities


MISTAKES = {
    "clipped": _clipped,
    "not_normalised": (
        _geometric,
        lambda stop_probability, longest: _geometric(stop_probability, longest) * (1 - stop_probability),
    ),
    "probabilities_exchanged": (
        lambda stop_probability, longest: _normalised(stop_probability ** np.arange(longest)),
        lambda stop_probability, longest: (1 - stop_probability) * stop_probability ** np.arange(longest),
        lambda stop_probability, longest: _normalised(
            (1 - stop_probability) * stop_probability ** np.arange(longest)
        ),
    ),
    "rest_put_elsewhere": (_spread_evenly, _all_to_the_first),
    "all_lengths_alike": lambda stop_probability, longest: np.full(longest, 1 / longest),
    "length_zero": (
        _from_zero,
        lambda stop_probability, longest: _geometric(stop_probability, longest + 1),
    ),
    "longest_never": (
        _longest_never,
        lambda stop_probability, longest: _normalised(_geometric(stop_probability, max(longest - 1, 1))),
        lambda stop_probability, longest: reference(stop_probability, longest)[:-1],
    ),
    "longest_first": lambda stop_probability, longest: reference(stop_probability, longest)[::-1],
    "summed_up": (
        lambda stop_probability, longest: np.cumsum(reference(stop_probability, longest)),
        lambda stop_probability, longest: np.cumsum(_geometric(stop_probability, longest)),
        lambda stop_probability, longest: (1 - stop_probability) ** np.arange(longest),
    ),
}
