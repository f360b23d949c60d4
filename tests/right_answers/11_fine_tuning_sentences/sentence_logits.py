"""Right answers to `sentence_logits` in other styles."""

import numpy as np
from keras import ops


def in_numpy(outputs, pooler_kernel, pooler_bias, kernel, bias):
    outputs, pooler_kernel, pooler_bias, kernel, bias = (
        np.asarray(array) for array in (outputs, pooler_kernel, pooler_bias, kernel, bias)
    )
    return np.tanh(outputs[:, 0, :] @ pooler_kernel + pooler_bias) @ kernel + bias


def with_einsum(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.tanh(ops.einsum("bd,de->be", outputs[:, 0], pooler_kernel) + pooler_bias)
    return ops.einsum("be,ec->bc", pooled, kernel) + bias


def cut_last(outputs, pooler_kernel, pooler_bias, kernel, bias):
    pooled = ops.tanh(ops.matmul(outputs, pooler_kernel) + pooler_bias)
    return (ops.matmul(pooled, kernel) + bias)[:, 0]


def with_take(outputs, pooler_kernel, pooler_bias, kernel, bias):
    first = ops.take(outputs, 0, axis=1)
    return ops.add(ops.dot(ops.tanh(ops.add(ops.dot(first, pooler_kernel), pooler_bias)), kernel), bias)


def sentence_by_sentence(outputs, pooler_kernel, pooler_bias, kernel, bias):
    rows = []
    for number in range(outputs.shape[0]):
        pooled = ops.tanh(ops.matmul(outputs[number, :1], pooler_kernel) + pooler_bias)
        rows.append(ops.matmul(pooled, kernel)[0] + bias)
    return ops.stack(rows)


def tanh_by_exponentials(outputs, pooler_kernel, pooler_bias, kernel, bias):
    sums = ops.matmul(outputs[:, 0], pooler_kernel) + pooler_bias
    return ops.matmul(2.0 * ops.sigmoid(2.0 * sums) - 1.0, kernel) + bias
