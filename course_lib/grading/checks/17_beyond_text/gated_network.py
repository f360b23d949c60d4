"""Verdict of `gated_network`: one branch opens and closes the other."""

import math

import numpy as np


def draw(generator):
    """Inputs (B, T, D) and kernels of networks wider than D, as wide, and narrower; small and large."""
    cases = []
    for batch, length, width, inner, size in (
        (1, 1, 2, 3, 1.0),
        (2, 3, 5, 7, 1.0),
        (3, 5, 7, 2, 0.2),
        (5, 2, 3, 11, 3.0),
        (3, 3, 3, 3, 1.0),
        (2, 3, 2, 5, 60.0),
    ):
        cases.append(
            {
                "inputs": generator.normal(0, size, (batch, length, width)),
                "gate_kernel": generator.normal(0, 1, (width, inner)),
                "value_kernel": generator.normal(0, 1, (width, inner)),
                "output_kernel": generator.normal(0, 1, (inner, width)),
            }
        )
    return cases


CONDITIONS = {
    "wider inside": lambda case: case["gate_kernel"].shape[1] > case["gate_kernel"].shape[0],
    "narrower inside": lambda case: case["gate_kernel"].shape[1] < case["gate_kernel"].shape[0],
    "square kernels": lambda case: len(set(case["gate_kernel"].shape)) == 1,
    "one position": lambda case: case["inputs"].shape[:2] == (1, 1),
    "large inputs": lambda case: np.abs(case["inputs"]).max() > 60,
}


def _sigmoid(numbers):
    return 0.5 * (1 + np.tanh(numbers / 2))  # nothing overflows


def _silu(numbers):
    return numbers * _sigmoid(numbers)


def _relu(numbers):
    return np.maximum(numbers, 0)


def _gelu(numbers):
    return numbers * 0.5 * (1 + np.vectorize(math.erf)(numbers / math.sqrt(2)))


def _gelu_with_tanh(numbers):
    return numbers * 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (numbers + 0.044715 * numbers**3)))


def _gelu_with_sigmoid(numbers):
    return numbers * _sigmoid(1.702 * numbers)


def _hard_silu(numbers):
    return numbers * np.clip(numbers + 3, 0, 6) / 6


def _same(numbers):
    return numbers


def _with(on_gate=_silu, on_value=_same, join=lambda gate, value: gate * value, after=_same):
    """The answer with parts exchanged."""

    def answer(inputs, gate_kernel, value_kernel, output_kernel):
        gate, value = on_gate(inputs @ gate_kernel), on_value(inputs @ value_kernel)
        return after(join(gate, value)) @ output_kernel

    return answer


reference = _with()


def _activated_at_the_end(inputs, gate_kernel, value_kernel, output_kernel):
    return _silu(_with(on_gate=_same)(inputs, gate_kernel, value_kernel, output_kernel))


def _activated_once_more(inputs, **kernels):
    return _silu(reference(inputs, **kernels))


def _activated_before(inputs, gate_kernel, value_kernel, output_kernel):
    return ((_silu(inputs) @ gate_kernel) * (inputs @ value_kernel)) @ output_kernel


def _highway(gate, value):
    return _sigmoid(gate) * value + (1 - _sigmoid(gate)) * gate


def _with_residual(inputs, **kernels):
    return inputs + reference(inputs, **kernels)


def _softmax(numbers):
    shares = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


MISTAKES = {
    "activation_on_the_other_branch": _with(on_gate=_same, on_value=_silu),
    "activation_on_both": _with(on_value=_silu),
    "activation_missing": _with(on_gate=_same),
    "activation_after_the_product": (_with(on_gate=_same, after=_silu), _activated_at_the_end),
    "activation_twice": (_with(after=_silu), _activated_once_more),
    "activation_before_the_kernel": _activated_before,
    "sign_in_the_sigmoid": _with(on_gate=lambda numbers: numbers * _sigmoid(-numbers)),
    "sigmoid_for_silu": _with(on_gate=_sigmoid),
    "relu_for_silu": _with(on_gate=_relu),
    "gelu_for_silu": tuple(_with(on_gate=gelu) for gelu in (_gelu, _gelu_with_tanh, _gelu_with_sigmoid)),
    "hard_silu": _with(on_gate=_hard_silu),
    "softmax_for_silu": _with(on_gate=_softmax),
    "highway_for_product": _with(on_gate=_same, join=_highway),
    "sum_for_product": _with(join=lambda gate, value: gate + value),
    "one_branch_alone": (
        _with(join=lambda gate, value: gate),
        _with(join=lambda gate, value: value),
        _with(on_value=_silu, join=lambda gate, value: value),
    ),
    "residual_added": _with_residual,
}
