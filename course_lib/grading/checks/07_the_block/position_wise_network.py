"""Verdict of `position_wise_network`: two products with a bend between them, at every position."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D) and weights of an inner width F; widths and lengths differ, T equals D once."""
    cases = []
    for (batch, length, width), inner, size in (
        ((1, 2, 2), 3, 1.0),
        ((2, 3, 5), 7, 0.1),
        ((3, 5, 5), 11, 1.0),
        ((2, 7, 3), 13, 5.0),
    ):
        cases.append(
            {
                "inputs": generator.normal(0, size, (batch, length, width)),
                "expand_kernel": generator.normal(0, 1, (width, inner)),
                "expand_bias": generator.normal(0, 1, inner),
                "contract_kernel": generator.normal(0, 1, (inner, width)),
                "contract_bias": generator.normal(0, 1, width),
            }
        )
    return cases


def _relu(x):
    return np.maximum(x, 0)


def _network(bend=_relu, first_bias=1, second_bias=1, before=lambda x: x, after=lambda y, x: y):
    """The network with the variations that the mistakes are made of."""

    def answer(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
        inner = bend(before(inputs) @ expand_kernel + first_bias * expand_bias)
        return after(inner @ contract_kernel + second_bias * contract_bias, inputs)

    return answer


reference = _network()


def _bias_after_bend(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    return (_relu(inputs @ expand_kernel) + expand_bias) @ contract_kernel + contract_bias


def _bend_on_inputs(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    return (_relu(inputs) @ expand_kernel + expand_bias) @ contract_kernel + contract_bias


def _gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def _exact_gelu(x):
    from math import erf

    return 0.5 * x * (1 + np.vectorize(erf)(x / np.sqrt(2)))


def _averaged(inputs):
    return np.broadcast_to(inputs.mean(axis=1, keepdims=True), inputs.shape)


def _scrambled(inputs):
    return inputs.swapaxes(1, 2).reshape(inputs.shape)


MISTAKES = {
    "positions_mixed": (_network(before=_averaged), _network(before=_scrambled)),
    "bend_missing": _network(bend=lambda x: x),
    "bend_last": _network(bend=lambda x: x, after=lambda y, x: _relu(y)),
    "bend_twice": _network(after=lambda y, x: _relu(y)),
    "bend_on_inputs": _bend_on_inputs,
    "bias_after_bend": _bias_after_bend,
    "bias_missing": (
        _network(first_bias=0),
        _network(second_bias=0),
        _network(first_bias=0, second_bias=0),
    ),
    "other_bend": (
        _network(bend=_gelu),
        _network(bend=_exact_gelu),
        _network(bend=np.tanh),
        _network(bend=lambda x: 1 / (1 + np.exp(-x))),
    ),
    "residual_added": _network(after=lambda y, x: y + x),
}
