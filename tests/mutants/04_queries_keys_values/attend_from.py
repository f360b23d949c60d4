"""Wrong answers to `attend_from`, each named after the mistake it makes."""

from keras import ops


def _mix(scores, values):
    return ops.matmul(ops.softmax(scores), values)


def _scores(inputs, index, query_kernel, key_kernel):
    query = ops.matmul(inputs[index], query_kernel)
    return ops.matmul(ops.matmul(inputs, key_kernel), query)


def scale_missing(inputs, index, query_kernel, key_kernel, value_kernel):
    return _mix(_scores(inputs, index, query_kernel, key_kernel), ops.matmul(inputs, value_kernel))


def scaled_by_width(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / query_kernel.shape[1]
    return _mix(scores, ops.matmul(inputs, value_kernel))


def scaled_by_inputs(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / inputs.shape[-1] ** 0.5
    return _mix(scores, ops.matmul(inputs, value_kernel))


def scaled_by_length(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / inputs.shape[0] ** 0.5
    return _mix(scores, ops.matmul(inputs, value_kernel))


def query_and_key_swapped(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, key_kernel, query_kernel) / query_kernel.shape[1] ** 0.5
    return _mix(scores, ops.matmul(inputs, value_kernel))


def column_instead_of_row(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = ops.matmul(ops.matmul(inputs, query_kernel), ops.transpose(ops.matmul(inputs, key_kernel)))
    weights = ops.softmax(scores / query_kernel.shape[1] ** 0.5, axis=-1)
    return ops.matmul(weights[:, index], ops.matmul(inputs, value_kernel))


def values_not_projected(inputs, index, query_kernel, key_kernel, value_kernel):
    return _mix(_scores(inputs, index, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5, inputs)


def keys_as_values(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _mix(scores, ops.matmul(inputs, key_kernel))


def self_left_out(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    scores = ops.where(ops.arange(inputs.shape[0]) == index, -1e9, scores)
    return _mix(scores, ops.matmul(inputs, value_kernel))


def past_only(inputs, index, query_kernel, key_kernel, value_kernel):
    seen = inputs[: index + 1]
    scores = _scores(seen, index, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _mix(scores, ops.matmul(seen, value_kernel))


def first_position(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, 0, query_kernel, key_kernel) / query_kernel.shape[1] ** 0.5
    return _mix(scores, ops.matmul(inputs, value_kernel))
