"""Wrong answers to `attend_from` beside its mutants."""

from keras import ops


def _mix(scores, inputs, value_kernel):
    return ops.matmul(ops.softmax(scores), ops.matmul(inputs, value_kernel))


def _scores(inputs, index, query_kernel, key_kernel):
    query = ops.matmul(inputs[index], query_kernel)
    return ops.matmul(ops.matmul(inputs, key_kernel), query) / query_kernel.shape[-1] ** 0.5


def query_and_key_swapped__in_the_products(inputs, index, query_kernel, key_kernel, value_kernel):
    query = ops.matmul(inputs[index], key_kernel)
    scores = ops.matmul(ops.matmul(inputs, query_kernel), query)
    return _mix(scores / key_kernel.shape[-1] ** 0.5, inputs, value_kernel)


def equal_vectors_left_out(inputs, index, query_kernel, key_kernel, value_kernel):
    equal = ops.all(inputs == inputs[index], axis=-1)
    own = ops.arange(inputs.shape[0]) == index
    hidden = ops.logical_and(equal, ops.logical_not(own))
    scores = ops.where(hidden, -1e9, _scores(inputs, index, query_kernel, key_kernel))
    return _mix(scores, inputs, value_kernel)


def index_counted_from_one(inputs, index, query_kernel, key_kernel, value_kernel):
    return _mix(_scores(inputs, index - 1, query_kernel, key_kernel), inputs, value_kernel)


def future_alone(inputs, index, query_kernel, key_kernel, value_kernel):
    return _mix(_scores(inputs[index:], 0, query_kernel, key_kernel), inputs[index:], value_kernel)


def neighbours_alone(inputs, index, query_kernel, key_kernel, value_kernel):
    near = ops.abs(ops.arange(inputs.shape[0]) - index) <= 1
    scores = ops.where(near, _scores(inputs, index, query_kernel, key_kernel), -1e9)
    return _mix(scores, inputs, value_kernel)


def softmax_forgotten(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = _scores(inputs, index, query_kernel, key_kernel)
    return ops.matmul(scores, ops.matmul(inputs, value_kernel))


def own_value_added(inputs, index, query_kernel, key_kernel, value_kernel):
    mixed = _mix(_scores(inputs, index, query_kernel, key_kernel), inputs, value_kernel)
    return mixed + ops.matmul(inputs[index], value_kernel)


def query_not_projected(inputs, index, query_kernel, key_kernel, value_kernel):
    scores = ops.matmul(ops.matmul(inputs, key_kernel), ops.sum(query_kernel, axis=0))
    return _mix(scores / key_kernel.shape[-1] ** 0.5, inputs, value_kernel)


def with_an_axis_for_the_position(inputs, index, query_kernel, key_kernel, value_kernel):
    return _mix(_scores(inputs, index, query_kernel, key_kernel), inputs, value_kernel)[None]
