"""Verdict of `elman_step`: one step of a plain recurrent network."""

import numpy as np


def draw(generator):
    """Inputs and states of different sizes, weights at small and large scale."""
    return [
        {
            "inputs": generator.normal(0, 1, (batch, inputs)),
            "state": np.tanh(generator.normal(0, 1, (batch, size))),
            "kernel": generator.normal(0, scale, (inputs, size)),
            "recurrent_kernel": generator.normal(0, scale, (size, size)),
            "bias": generator.normal(0, scale, size),
        }
        for batch, inputs, size, scale in (
            (1, 3, 2, 0.5),
            (2, 3, 5, 0.3),
            (3, 7, 5, 0.05),
            (5, 2, 11, 0.3),
            (2, 5, 3, 3.0),
            (3, 1, 1, 1.0),
        )
    ]


CONDITIONS = {
    "one row": lambda case: len(case["inputs"]) == 1,
    "several rows": lambda case: len(case["inputs"]) > 1,
    "more inputs than units": lambda case: case["kernel"].shape[0] > case["kernel"].shape[1],
    "fewer inputs than units": lambda case: case["kernel"].shape[0] < case["kernel"].shape[1],
    "one input and one unit": lambda case: case["kernel"].shape == (1, 1),
    "sums where tanh is nearly one": lambda case: np.abs(reference(**case)).max() > 0.99,
    "sums where tanh is nearly the sum": lambda case: np.abs(reference(**case)).max() < 0.7,
    "negative states": lambda case: (case["state"] < 0).any() and (reference(**case) < 0).any(),
}


def reference(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + state @ recurrent_kernel + bias)


def _tanh_forgotten(inputs, state, kernel, recurrent_kernel, bias):
    return inputs @ kernel + state @ recurrent_kernel + bias


def _sigmoid_instead(inputs, state, kernel, recurrent_kernel, bias):
    return 1 / (1 + np.exp(-(inputs @ kernel + state @ recurrent_kernel + bias)))


def _recurrent_kernel_transposed(inputs, state, kernel, recurrent_kernel, bias):
    return reference(inputs, state, kernel, recurrent_kernel.T, bias)


def _state_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + bias)


def _inputs_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(state @ recurrent_kernel + bias)


def _bias_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + state @ recurrent_kernel)


def _state_added_outside(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + bias) + state @ recurrent_kernel


def _recurrent_kernel_elementwise(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + state * np.diag(recurrent_kernel) + bias)


def _with_activation(function):
    def step(inputs, state, kernel, recurrent_kernel, bias):
        return function(inputs @ kernel + state @ recurrent_kernel + bias)

    return step


def _leaky(slope):
    return _with_activation(lambda x: np.where(x > 0, x, slope * x))


def _bias_outside(inputs, state, kernel, recurrent_kernel, bias):
    return np.tanh(inputs @ kernel + state @ recurrent_kernel) + bias


def _bias_twice(inputs, state, kernel, recurrent_kernel, bias):
    return reference(inputs, state, kernel, recurrent_kernel, 2 * bias)


def _residual(inputs, state, kernel, recurrent_kernel, bias):
    return state + reference(inputs, state, kernel, recurrent_kernel, bias)


MISTAKES = {
    "tanh_forgotten": _tanh_forgotten,
    "sigmoid_instead": _sigmoid_instead,
    "another_activation": (
        _leaky(0.0),
        _leaky(0.01),
        _leaky(0.2),
        _leaky(0.3),
        _with_activation(lambda x: np.clip(x, -1, 1)),
        _with_activation(lambda x: x / (1 + np.abs(x))),
    ),
    "recurrent_kernel_transposed": _recurrent_kernel_transposed,
    "state_ignored": _state_ignored,
    "inputs_ignored": _inputs_ignored,
    "bias_ignored": _bias_ignored,
    "bias_outside": _bias_outside,
    "bias_twice": _bias_twice,
    "residual": _residual,
    "state_added_outside": _state_added_outside,
    "recurrent_kernel_elementwise": _recurrent_kernel_elementwise,
}
