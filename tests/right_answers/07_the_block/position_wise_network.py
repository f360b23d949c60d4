"""Right answers to `position_wise_network` in other styles."""

import numpy as np
from keras import ops


def in_numpy(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = np.maximum(0, np.asarray(inputs) @ np.asarray(expand_kernel) + np.asarray(expand_bias))
    return inner @ np.asarray(contract_kernel) + np.asarray(contract_bias)


def with_einsum(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.einsum("btd,df->btf", inputs, expand_kernel) + expand_bias[None, None]
    inner = ops.where(inner > 0, inner, ops.zeros_like(inner))
    return ops.einsum("btf,fd->btd", inner, contract_kernel) + contract_bias


def position_by_position(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    outputs = []
    for t in range(inputs.shape[1]):
        inner = ops.relu(ops.dot(inputs[:, t], expand_kernel) + expand_bias)
        outputs.append(ops.dot(inner, contract_kernel) + contract_bias)
    return ops.stack(outputs, axis=1)


def flattened(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    flat = ops.reshape(inputs, (-1, inputs.shape[-1]))
    inner = ops.matmul(flat, expand_kernel) + expand_bias
    inner = inner * ops.cast(inner > 0, inner.dtype)
    return ops.reshape(inner @ contract_kernel + contract_bias, inputs.shape)


def as_a_convolution(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    inner = ops.relu(ops.conv(inputs, expand_kernel[None]) + expand_bias)
    return ops.conv(inner, contract_kernel[None]) + contract_bias
