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
        )
    ]


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


MISTAKES = {
    "tanh_forgotten": _tanh_forgotten,
    "sigmoid_instead": _sigmoid_instead,
    "recurrent_kernel_transposed": _recurrent_kernel_transposed,
    "state_ignored": _state_ignored,
    "inputs_ignored": _inputs_ignored,
    "bias_ignored": _bias_ignored,
    "state_added_outside": _state_added_outside,
    "recurrent_kernel_elementwise": _recurrent_kernel_elementwise,
}
