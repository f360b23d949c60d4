"""Verdict of `position_wise_network`: two products with a bend between them, at every position."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D) and weights of an inner width F; sizes differ, but for one case where they do not."""
    cases = []
    for (batch, length, width), inner, size in (
        ((1, 2, 2), 3, 1.0),
        ((2, 3, 5), 7, 0.1),
        ((3, 5, 5), 11, 1.0),
        ((2, 7, 3), 13, 5.0),
        ((3, 3, 3), 3, 2.0),
        ((2, 1, 5), 2, 1.0),
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


def _inner(case):
    return case["inputs"] @ case["expand_kernel"] + case["expand_bias"]


CONDITIONS = {
    "inner units of both signs": lambda case: _inner(case).min() < 0 < _inner(case).max(),
    "inner units above 6": lambda case: _inner(case).max() > 6,
    "inner units below -6": lambda case: _inner(case).min() < -6,
    "an inner width above the outer": lambda case: len(case["expand_bias"]) > len(case["contract_bias"]),
    "an inner width below the outer": lambda case: len(case["expand_bias"]) < len(case["contract_bias"]),
    "all sizes alike": lambda case: len({*case["inputs"].shape, *case["expand_kernel"].shape}) == 1,
    "one position": lambda case: case["inputs"].shape[1] == 1,
    "one sentence": lambda case: len(case["inputs"]) == 1,
    "several sentences": lambda case: len(case["inputs"]) > 1,
}


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


def _leaky(slope):
    return lambda x: np.where(x > 0, x, slope * x)


def _exponential(x, scale=1.0, alpha=1.0):
    return scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


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
    "leaky_relu": tuple(_network(bend=_leaky(slope)) for slope in (0.01, 0.05, 0.1, 0.2, 0.25, 0.3)),
    "other_bend": (
        _network(bend=np.abs),
        _network(bend=lambda x: np.minimum(x, 0)),
        _network(bend=lambda x: _relu(x) ** 2),
        _network(bend=lambda x: np.clip(x, 0, 6)),
        _network(bend=lambda x: np.clip(x, 0, 1)),
        _network(bend=lambda x: np.logaddexp(0, x)),
        _network(bend=lambda x: x / (1 + np.exp(-x))),
        _network(bend=_exponential),
        _network(bend=lambda x: _exponential(x, 1.0507009873554805, 1.6732632423543772)),
        _network(bend=_gelu),
        _network(bend=_exact_gelu),
        _network(bend=np.tanh),
        _network(bend=lambda x: 1 / (1 + np.exp(-x))),
    ),
    "residual_added": _network(after=lambda y, x: y + x),
}
