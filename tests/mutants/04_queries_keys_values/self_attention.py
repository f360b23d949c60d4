"""Wrong answers to `self_attention`, each named after the mistake it makes."""

from keras import ops


def _scores(inputs, query_kernel, key_kernel):
    query, key = ops.matmul(inputs, query_kernel), ops.matmul(inputs, key_kernel)
    return ops.matmul(query, ops.swapaxes(key, -1, -2))


def _attend(scores, values, axis=-1):
    weights = ops.softmax(scores, axis=axis)
    return ops.matmul(weights, values), weights


def outputs_and_weights_swapped(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    outputs, weights = _attend(scores, ops.matmul(inputs, value_kernel))
    return weights, outputs


def scores_returned(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    outputs, _ = _attend(scores, ops.matmul(inputs, value_kernel))
    return outputs, scores


def scale_missing(inputs, query_kernel, key_kernel, value_kernel):
    return _attend(_scores(inputs, query_kernel, key_kernel), ops.matmul(inputs, value_kernel))


def scaled_by_width(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1]
    return _attend(scores, ops.matmul(inputs, value_kernel))


def scaled_by_length(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / inputs.shape[1] ** 0.5
    return _attend(scores, ops.matmul(inputs, value_kernel))


def scaled_after_softmax(inputs, query_kernel, key_kernel, value_kernel):
    weights = ops.softmax(_scores(inputs, query_kernel, key_kernel), axis=-1) / query_kernel.shape[1] ** 0.5
    return ops.matmul(weights, ops.matmul(inputs, value_kernel)), weights


def wrong_axis(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _attend(scores, ops.matmul(inputs, value_kernel), axis=1)


def query_and_key_swapped(inputs, query_kernel, key_kernel, value_kernel):
    scores = ops.swapaxes(_scores(inputs, query_kernel, key_kernel), 1, 2) / query_kernel.shape[1] ** 0.5
    return _attend(scores, ops.matmul(inputs, value_kernel))


def keys_as_values(inputs, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _attend(scores, ops.matmul(inputs, key_kernel))


def values_not_projected(inputs, query_kernel, key_kernel, value_kernel):
    return _attend(_scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5, inputs)


def projections_transposed(inputs, query_kernel, key_kernel, value_kernel):
    query_kernel, key_kernel, value_kernel = map(ops.transpose, (query_kernel, key_kernel, value_kernel))
    scores = _scores(inputs, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _attend(scores, ops.matmul(inputs, value_kernel))
