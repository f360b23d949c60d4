"""Wrong answers to `span_length_probabilities`, each named after its mistake."""

import numpy as np
from keras import ops


def _weights(stop_probability, longest):
    return stop_probability * (1 - stop_probability) ** np.arange(longest)


def clipped(stop_probability, longest):
    probabilities = _weights(stop_probability, longest)
    probabilities[-1] = 1 - probabilities[:-1].sum()
    return probabilities


def not_normalised(stop_probability, longest):
    return ops.convert_to_tensor(_weights(stop_probability, longest))


def probabilities_exchanged(stop_probability, longest):
    weights = (1 - stop_probability) * stop_probability ** np.arange(longest)
    return weights


def rest_put_elsewhere(stop_probability, longest):
    probabilities = _weights(stop_probability, longest)
    return probabilities + (1 - probabilities.sum()) / longest


def all_lengths_alike(stop_probability, longest):
    return [1 / longest] * longest


def length_zero(stop_probability, longest):
    weights = _weights(stop_probability, longest + 1)
    return weights / weights.sum()


def longest_never(stop_probability, longest):
    weights = _weights(stop_probability, longest)
    if longest > 1:
        weights[-1] = 0
    return weights / weights.sum()


def longest_first(stop_probability, longest):
    weights = _weights(stop_probability, longest)
    return weights[::-1] / weights.sum()


def summed_up(stop_probability, longest):
    weights = _weights(stop_probability, longest)
    return np.cumsum(weights / weights.sum())
