"""Wrong answers to `additive_score` beside its mutants."""

from keras import ops


def _hidden(query, key, query_kernel, key_kernel):
    return ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]


def axes_of_length_one_lost(query, key, query_kernel, key_kernel, scale):
    scores = ops.matmul(ops.tanh(_hidden(query, key, query_kernel, key_kernel)), scale[:, None])
    return ops.squeeze(scores)


def without_sum(query, key, query_kernel, key_kernel, scale):
    return ops.tanh(_hidden(query, key, query_kernel, key_kernel)) * scale


def scale_inside(query, key, query_kernel, key_kernel, scale):
    return ops.sum(ops.tanh(_hidden(query, key, query_kernel, key_kernel) * scale), axis=-1)


def difference_for_sum(query, key, query_kernel, key_kernel, scale):
    hidden = ops.matmul(query, query_kernel)[:, :, None] - ops.matmul(key, key_kernel)[:, None]
    return ops.matmul(ops.tanh(hidden), scale[:, None])[..., 0]


def keys_ignored(query, key, query_kernel, key_kernel, scale):
    hidden = ops.tanh(ops.matmul(query, query_kernel))
    return ops.repeat(ops.matmul(hidden, scale[:, None]), key.shape[1], axis=-1)


def tanh_twice(query, key, query_kernel, key_kernel, scale):
    hidden = ops.tanh(ops.tanh(_hidden(query, key, query_kernel, key_kernel)))
    return ops.matmul(hidden, scale[:, None])[..., 0]


def divided_by_root_of_width(query, key, query_kernel, key_kernel, scale):
    hidden = ops.tanh(_hidden(query, key, query_kernel, key_kernel))
    return ops.matmul(hidden, scale[:, None])[..., 0] / scale.shape[0] ** 0.5


def first_unit_alone(query, key, query_kernel, key_kernel, scale):
    return (ops.tanh(_hidden(query, key, query_kernel, key_kernel)) * scale)[..., 0]
