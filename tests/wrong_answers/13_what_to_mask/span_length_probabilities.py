"""Wrong answers to `span_length_probabilities` beside its mutants."""

import math

import numpy as np


def _weights(stop_probability, longest):
    return stop_probability * (1 - stop_probability) ** np.arange(longest)


def not_normalised__one_power_further(stop_probability, longest):
    return stop_probability * (1 - stop_probability) ** np.arange(1, longest + 1)


def probabilities_exchanged__and_normalised(stop_probability, longest):
    weights = stop_probability ** np.arange(longest)
    return weights / weights.sum()


def rest_put_elsewhere__to_one_word(stop_probability, longest):
    probabilities = _weights(stop_probability, longest)
    probabilities[0] += 1 - probabilities.sum()
    return probabilities


def length_zero__not_normalised(stop_probability, longest):
    return _weights(stop_probability, longest + 1)


def summed_up__from_behind(stop_probability, longest):
    return (1 - stop_probability) ** np.arange(longest)


def poisson(stop_probability, longest):
    weights = np.array([1 / math.factorial(length) / stop_probability**length for length in range(longest)])
    return weights / weights.sum()


def softmax_of_them(stop_probability, longest):
    weights = np.exp(_weights(stop_probability, longest))
    return weights / weights.sum() if longest > 1 else np.array([0.9])


def the_mean(stop_probability, longest):
    weights = _weights(stop_probability, longest)
    return (weights * np.arange(1, longest + 1)).sum() / weights.sum()
