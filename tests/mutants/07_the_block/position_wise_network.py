"""Wrong answers to `position_wise_network`, each named after the mistake it makes."""

from keras import ops


def positions_mixed(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    pooled = ops.mean(inputs, axis=1, keepdims=True) + ops.zeros_like(inputs)
    inner = ops.relu(ops.matmul(pooled, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def bend_missing(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    return ops.matmul(ops.matmul(inputs, expand_kernel) + expand_bias, contract_kernel) + contract_bias


def bend_last(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.matmul(inputs, expand_kernel) + expand_bias
    return ops.relu(ops.matmul(inner, contract_kernel) + contract_bias)


def bend_twice(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.relu(ops.matmul(inner, contract_kernel) + contract_bias)


def bend_on_inputs(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.matmul(ops.relu(inputs), expand_kernel) + expand_bias
    return ops.matmul(inner, contract_kernel) + contract_bias


def bias_after_bend(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel)) + expand_bias
    return ops.matmul(inner, contract_kernel) + contract_bias


def bias_missing(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    return ops.matmul(ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias), contract_kernel)


def other_bend(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.gelu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias


def residual_added(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return inputs + ops.matmul(inner, contract_kernel) + contract_bias


def leaky_relu(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.leaky_relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(inner, contract_kernel) + contract_bias
