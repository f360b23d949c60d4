"""Wrong answers to `gated_network` beside its mutants."""

import math

import numpy as np


def _sigmoid(numbers):
    return 0.5 * (1 + np.tanh(numbers / 2))


def _network(inputs, gate_kernel, value_kernel, output_kernel, hidden):
    inputs, gate_kernel, value_kernel, output_kernel = (
        np.array(array, "float64") for array in (inputs, gate_kernel, value_kernel, output_kernel)
    )
    return hidden(inputs @ gate_kernel, inputs @ value_kernel) @ output_kernel


def activation_after_the_product__at_the_end(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    result = _network(inputs, *kernels, lambda gate, value: gate * value)
    return result * _sigmoid(result)


def gelu_for_silu__with_tanh(inputs, gate_kernel, value_kernel, output_kernel):
    def hidden(gate, value):
        inner = math.sqrt(2 / math.pi) * (gate + 0.044715 * gate**3)
        return 0.5 * gate * (1 + np.tanh(inner)) * value

    return _network(inputs, gate_kernel, value_kernel, output_kernel, hidden)


def one_branch_alone__the_linear_one(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: value)


def one_branch_alone__of_the_value(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: value * _sigmoid(value))


def activation_on_the_other_branch__kernels_swapped(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = value_kernel, gate_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: gate * _sigmoid(gate) * value)


def tanh_gate(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: np.tanh(gate) * value)


def twice_as_steep(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: gate * _sigmoid(2 * gate) * value)


def output_left_out(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = np.array(inputs) @ np.array(gate_kernel), np.array(inputs) @ np.array(value_kernel)
    return gate * _sigmoid(gate) * value


def minus_for_times(inputs, gate_kernel, value_kernel, output_kernel):
    kernels = gate_kernel, value_kernel, output_kernel
    return _network(inputs, *kernels, lambda gate, value: gate * _sigmoid(gate) - value)
