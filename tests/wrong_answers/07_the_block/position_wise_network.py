"""Wrong answers to `position_wise_network` beside its mutants."""

from keras import ops


def leaky_relu__by_hand(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.matmul(inputs, expand_kernel) + expand_bias
    return ops.matmul(ops.maximum(0.01 * inner, inner), contract_kernel) + contract_bias


def other_bend__silu(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.silu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def other_bend__relu6(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu6(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def other_bend__elu(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.elu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def other_bend__minimum(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.minimum(0.0, ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def other_bend__softplus(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.softplus(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def softmax_between(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.softmax(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def products_on_their_heads(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, ops.transpose(contract_kernel)) + expand_bias)
    return ops.matmul(inner, ops.transpose(expand_kernel)) + contract_bias


def second_bias_twice(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + 2 * contract_bias


def bias_subtracted(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel) - expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def normalised_first(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    mean, variance = ops.moments(inputs, axes=-1, keepdims=True)
    inputs = (inputs - mean) / ops.sqrt(variance + 1e-5)
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def first_position_for_all(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs[:1], expand_kernel) + expand_bias)
    outputs = ops.matmul(inner, contract_kernel) + contract_bias
    return ops.broadcast_to(outputs, inputs.shape)


def inner_layer_returned(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    return ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)


def divided_by_root_of_inner_width(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) / expand_bias.shape[0] ** 0.5 + contract_bias
