"""Verdict of `filter_normalised_direction`: columns of a random matrix, as long as those of the weights."""

import numpy as np


def draw(generator):
    """Matrices (I, O), square ones among them, with columns of different sizes; one column of zeros."""
    cases = []
    shapes = ((2, 3), 1.0), ((5, 3), 0.01), ((7, 7), 1.0), ((3, 11), 30.0), ((1, 5), 1.0), ((5, 1), 1.0)
    for (inputs, outputs), size in shapes:
        weights = size * generator.normal(0, 1, (inputs, outputs)) * generator.uniform(0.2, 3.0, outputs)
        if outputs > 3:
            weights[:, 1] = 0.0
        random = generator.normal(0, 1, (inputs, outputs)) * generator.uniform(0.2, 3.0, outputs)
        cases.append({"weights": weights, "random": random})
    return cases


CONDITIONS = {
    "a column of zeros": lambda case: (~case["weights"].any(axis=0)).any(),
    "no column of zeros": lambda case: case["weights"].any(axis=0).all(),
    "more rows than columns": lambda case: case["weights"].shape[0] > case["weights"].shape[1] > 1,
    "more columns than rows": lambda case: case["weights"].shape[1] > case["weights"].shape[0] > 1,
    "a square matrix": lambda case: case["weights"].shape[0] == case["weights"].shape[1],
    "one row": lambda case: case["weights"].shape[0] == 1,
    "one column": lambda case: case["weights"].shape[1] == 1,
    "weights above 10": lambda case: case["weights"].max() > 10,
    "weights below 0.1": lambda case: np.abs(case["weights"]).max() < 0.1,
}


def _length(matrix, axis=0):
    return np.sqrt((matrix**2).sum(axis=axis, keepdims=True))


def reference(weights, random):
    return random * _length(weights) / _length(random)


def _zeros_replaced(direction):
    """For a column of zeros another direction; right for all others."""

    def answer(weights, random):
        return np.where(_length(weights) == 0, direction(random), reference(weights, random))

    return answer


MISTAKES = {
    "whole_matrix": lambda weights, random: random * _length(weights, (0, 1)) / _length(random, (0, 1)),
    "zero_columns_moved": (
        _zeros_replaced(lambda random: random),
        _zeros_replaced(lambda random: random / _length(random)),
    ),
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
