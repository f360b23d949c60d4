"""Wrong answers to `gated_network`, each named after the mistake it makes."""

from keras import ops


def _branches(inputs, gate_kernel, value_kernel):
    return ops.matmul(inputs, gate_kernel), ops.matmul(inputs, value_kernel)


def activation_on_the_other_branch(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(gate * ops.silu(value), output_kernel)


def activation_on_both(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.silu(gate) * ops.silu(value), output_kernel)


def activation_missing(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(gate * value, output_kernel)


def activation_after_the_product(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.silu(gate * value), output_kernel)


def activation_twice(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.silu(ops.silu(gate) * value), output_kernel)


def sigmoid_for_silu(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.sigmoid(gate) * value, output_kernel)


def relu_for_silu(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.relu(gate) * value, output_kernel)


def gelu_for_silu(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.gelu(gate, approximate=False) * value, output_kernel)


def softmax_for_silu(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.softmax(gate, axis=-1) * value, output_kernel)


def sum_for_product(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.silu(gate) + value, output_kernel)


def one_branch_alone(inputs, gate_kernel, value_kernel, output_kernel):
    gate, _ = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.silu(gate), output_kernel)


def residual_added(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return inputs + ops.matmul(ops.silu(gate) * value, output_kernel)


def activation_before_the_kernel(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(ops.silu(inputs), gate_kernel, value_kernel)[0], ops.matmul(inputs, value_kernel)
    return ops.matmul(gate * value, output_kernel)


def sign_in_the_sigmoid(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(gate / (1 + ops.exp(ops.minimum(gate, 80.0))) * value, output_kernel)


def hard_silu(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    return ops.matmul(ops.hard_silu(gate) * value, output_kernel)


def highway_for_product(inputs, gate_kernel, value_kernel, output_kernel):
    gate, value = _branches(inputs, gate_kernel, value_kernel)
    opened = ops.sigmoid(gate)
    return ops.matmul(opened * value + (1 - opened) * gate, output_kernel)
