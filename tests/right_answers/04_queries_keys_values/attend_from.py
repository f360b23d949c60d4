"""Right answers to `attend_from` in other styles."""

import numpy as np
from keras import ops


def all_positions_then_one(inputs, index, query_kernel, key_kernel, value_kernel):
    queries, keys = ops.matmul(inputs, query_kernel), ops.matmul(inputs, key_kernel)
    scores = ops.matmul(queries, ops.transpose(keys)) / ops.sqrt(float(query_kernel.shape[1]))
    return ops.matmul(ops.softmax(scores, axis=-1), ops.matmul(inputs, value_kernel))[index]


def values_projected_last(inputs, index, query_kernel, key_kernel, value_kernel):
    query = ops.matmul(key_kernel, ops.matmul(inputs[index], query_kernel)) * key_kernel.shape[-1] ** -0.5
    weights = ops.softmax(ops.matmul(inputs, query))
    return ops.matmul(ops.matmul(weights, inputs), value_kernel)


def in_numpy(inputs, index, query_kernel, key_kernel, value_kernel):
    inputs, query_kernel, key_kernel, value_kernel = map(
        np.asarray, (inputs, query_kernel, key_kernel, value_kernel)
    )
    scores = (inputs @ key_kernel) @ (inputs[index] @ query_kernel) / np.sqrt(key_kernel.shape[1])
    weights = np.exp(scores - scores.max())
    return weights / weights.sum() @ inputs @ value_kernel


def position_by_position(inputs, index, query_kernel, key_kernel, value_kernel):
    query = ops.matmul(inputs[index : index + 1], query_kernel)
    scores = [ops.sum(query * ops.matmul(inputs[j : j + 1], key_kernel)) for j in range(inputs.shape[0])]
    weights = ops.softmax(ops.stack(scores) / query_kernel.shape[-1] ** 0.5)
    mixed = 0
    for j in range(inputs.shape[0]):
        mixed = mixed + weights[j] * ops.matmul(inputs[j], value_kernel)
    return mixed
