"""Wrong answers to `multiplicative_score`, each named after the mistake it makes."""

from keras import ops


def kernel_transposed(query, key, kernel):
    return ops.matmul(query, ops.swapaxes(ops.matmul(key, kernel), -1, -2))


def kernel_ignored(query, key, kernel):
    return ops.matmul(query, ops.swapaxes(key, -1, -2))


def diagonal_only(query, key, kernel):
    return ops.matmul(query * ops.diagonal(kernel), ops.swapaxes(key, -1, -2))


def transposed_scores(query, key, kernel):
    return ops.matmul(key, ops.swapaxes(ops.matmul(query, kernel), -1, -2))


def scaled(query, key, kernel):
    scores = ops.matmul(ops.matmul(query, kernel), ops.swapaxes(key, -1, -2))
    return scores / key.shape[-1] ** 0.5


def tanh_added(query, key, kernel):
    return ops.tanh(ops.matmul(ops.matmul(query, kernel), ops.swapaxes(key, -1, -2)))


def reshaped_projection(query, key, kernel):
    projected = ops.matmul(key, ops.transpose(kernel))
    batch, length, width = projected.shape
    return ops.matmul(query, ops.reshape(projected, (batch, width, length)))


def softmax_included(query, key, kernel):
    return ops.softmax(ops.matmul(ops.matmul(query, kernel), ops.swapaxes(key, -1, -2)), axis=-1)
