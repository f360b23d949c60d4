"""Verdict of `filter_normalised_direction`: columns of a random matrix, as long as those of the weights."""

import numpy as np


def draw(generator):
    """Matrices (I, O), square ones among them, with columns of different sizes; one column of zeros."""
    cases = []
    for (inputs, outputs), size in (((2, 3), 1.0), ((5, 3), 0.01), ((7, 7), 1.0), ((3, 11), 30.0)):
        weights = size * generator.normal(0, 1, (inputs, outputs)) * generator.uniform(0.2, 3.0, outputs)
        if outputs > 3:
            weights[:, 1] = 0.0
        cases.append({"weights": weights, "random": generator.normal(0, 1, (inputs, outputs))})
    return cases


def _length(matrix, axis=0):
    return np.sqrt((matrix**2).sum(axis=axis, keepdims=True))


def reference(weights, random):
    return random * _length(weights) / _length(random)


MISTAKES = {
    "whole_matrix": lambda weights, random: random * _length(weights, (0, 1)) / _length(random, (0, 1)),
    "rows_for_columns": lambda weights, random: random * _length(weights, 1) / _length(random, 1),
    "unit_columns": lambda weights, random: random / _length(random),
    "random_not_normalised": lambda weights, random: random * _length(weights),
    "inverted": lambda weights, random: random * _length(random) / _length(weights),
    "root_missing": lambda weights, random: random * _length(weights) ** 2 / _length(random) ** 2,
    "entry_by_entry": lambda weights, random: random * np.abs(weights) / np.abs(random),
    "weights_added": lambda weights, random: weights + reference(weights, random),
    "weights_rescaled": lambda weights, random: weights * _length(random) / _length(weights),
    "deviation_for_length": lambda weights, random: random * weights.std(axis=0) / random.std(axis=0),
}
