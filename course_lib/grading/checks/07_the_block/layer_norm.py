"""Verdict of `layer_norm`: every position normalised over its width."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D) of large, small and tiny size, each with vectors of equal entries."""
    cases = []
    for shape, size, epsilon in (
        ((1, 2, 3), 1.0, 1e-5),
        ((3, 5, 7), 10.0, 1e-3),
        ((2, 7, 11), 0.02, 1e-3),
        ((5, 3, 3), 0.003, 1e-5),
        ((2, 5, 5), 1.0, 1e-2),
        ((3, 3, 2), 1000.0, 1e-1),
    ):
        inputs = generator.normal(0.7 * size, size, shape)
        # So small a variance is rounding where it is a difference of two means (PyTorch).
        while (inputs.var(axis=-1) < 0.012 * inputs.mean(axis=-1) ** 2).any():
            inputs = generator.normal(0.7 * size, size, shape)
        inputs[0, 1] = 0.0  # exactly: the mean of other equal numbers may be off by a rounding
        inputs[-1, -1] = 0.5  # whose mean is exact, too
        scale = generator.normal(1.5, 0.5, shape[-1])
        scale[-1] *= -1
        cases.append(
            {
                "inputs": inputs,
                "scale": scale,
                "shift": generator.normal(0, 1, shape[-1]),
                "epsilon": epsilon,
            }
        )
    return cases


def _spread(case):
    return case["inputs"].max(axis=-1) - case["inputs"].min(axis=-1)


CONDITIONS = {
    "a vector of zeros": lambda case: (~case["inputs"].any(axis=-1)).any(),
    "a vector of equal entries": lambda case: ((_spread(case) == 0) & case["inputs"].any(axis=-1)).any(),
    "entries beyond 1000": lambda case: np.abs(case["inputs"]).max() > 1000,
    "a variance below epsilon": lambda case: (
        (_spread(case) > 0) & (_spread(case) ** 2 < case["epsilon"])
    ).any(),
    "an epsilon of 1e-5": lambda case: case["epsilon"] == 1e-5,
    "an epsilon of 1e-2": lambda case: case["epsilon"] == 1e-2,
    "a scale of either sign": lambda case: case["scale"].min() < 0 < case["scale"].max(),
    "one sentence": lambda case: len(case["inputs"]) == 1,
    "as many sentences as positions": lambda case: len(case["inputs"]) == case["inputs"].shape[1],
    "as many positions as entries": lambda case: case["inputs"].shape[1] == case["inputs"].shape[2],
}


def _over(axes):
    def answer(inputs, scale, shift, epsilon):
        centred = inputs - inputs.mean(axis=axes, keepdims=True)
        return scale * centred / np.sqrt((centred**2).mean(axis=axes, keepdims=True) + epsilon) + shift

    return answer


reference = _over(-1)


def _divided(divisor, centre=True):
    """The answer with another divisor, a function of centred inputs, inputs and epsilon."""

    def answer(inputs, scale, shift, epsilon):
        centred = inputs - inputs.mean(axis=-1, keepdims=True)
        return scale * (centred if centre else inputs) / divisor(centred, inputs, epsilon) + shift

    return answer


def _mean_square(values):
    return (values**2).mean(axis=-1, keepdims=True)


def _unbiased(centred, inputs, epsilon):
    return np.sqrt((centred**2).sum(axis=-1, keepdims=True) / (inputs.shape[-1] - 1) + epsilon)


def _with_epsilon(number):
    return lambda inputs, scale, shift, epsilon: reference(inputs, scale, shift, number)


def _swapped(inputs, scale, shift, epsilon):
    return reference(inputs, shift, scale, epsilon)


def _shift_inside(inputs, scale, shift, epsilon):
    return scale * (reference(inputs, 1.0, 0.0, epsilon) + shift)


def _shift_forgotten(inputs, scale, shift, epsilon):
    return reference(inputs, scale, 0.0, epsilon)


def _scale_forgotten(inputs, scale, shift, epsilon):
    return reference(inputs, 1.0, shift, epsilon)


MISTAKES = {
    "over_positions": _over(1),
    "batch_statistics": (_over((0, 1)), _over(0)),
    "whole_sentence": (_over((1, 2)), _over((0, 1, 2))),
    "unbiased_variance": _divided(_unbiased),
    "epsilon_outside": (
        _divided(lambda centred, inputs, epsilon: np.sqrt(_mean_square(centred)) + epsilon),
        _divided(lambda centred, inputs, epsilon: np.sqrt(_mean_square(centred)) + np.sqrt(epsilon)),
    ),
    "epsilon_missing": _divided(lambda centred, inputs, epsilon: np.sqrt(_mean_square(centred))),
    "epsilon_of_its_own": tuple(
        _with_epsilon(number) for number in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
    ),
    "squares_summed": _divided(
        lambda centred, inputs, epsilon: np.sqrt((centred**2).sum(axis=-1, keepdims=True) + epsilon)
    ),
    "root_missing": _divided(lambda centred, inputs, epsilon: _mean_square(centred) + epsilon),
    "mean_kept": (
        _divided(lambda centred, inputs, epsilon: np.sqrt(_mean_square(inputs) + epsilon), centre=False),
        _divided(lambda centred, inputs, epsilon: np.sqrt(_mean_square(centred) + epsilon), centre=False),
    ),
    "scale_and_shift_swapped": _swapped,
    "shift_inside": _shift_inside,
    "shift_forgotten": _shift_forgotten,
    "scale_forgotten": _scale_forgotten,
}
