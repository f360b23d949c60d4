"""Wrong answers to `additive_score`, each named after the mistake it makes."""

from keras import ops


def _parts(query, key, query_kernel, key_kernel):
    return ops.matmul(query, query_kernel)[:, :, None], ops.matmul(key, key_kernel)[:, None]


def no_tanh(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.sum((queries + keys) * scale, axis=-1)


def tanh_last(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.tanh(ops.sum((queries + keys) * scale, axis=-1))


def tanh_apart(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.sum((ops.tanh(queries) + ops.tanh(keys)) * scale, axis=-1)


def product_for_sum(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.sum(ops.tanh(queries * keys) * scale, axis=-1)


def scale_ignored(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.sum(ops.tanh(queries + keys), axis=-1)


def sigmoid_for_tanh(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.sum(ops.sigmoid(queries + keys) * scale, axis=-1)


def query_ignored(query, key, query_kernel, key_kernel, scale):
    _, keys = _parts(query, key, query_kernel, key_kernel)
    scores = ops.sum(ops.tanh(keys) * scale, axis=-1)  # (B, 1, S)
    return ops.repeat(scores, query.shape[1], axis=1)


def kernels_swapped(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, key_kernel, query_kernel)
    return ops.sum(ops.tanh(queries + keys) * scale, axis=-1)


def transposed_scores(query, key, query_kernel, key_kernel, scale):
    queries = ops.matmul(query, query_kernel)[:, None]
    keys = ops.matmul(key, key_kernel)[:, :, None]
    return ops.sum(ops.tanh(queries + keys) * scale, axis=-1)


def softmax_included(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return ops.softmax(ops.sum(ops.tanh(queries + keys) * scale, axis=-1), axis=-1)


def relu_for_tanh(query, key, query_kernel, key_kernel, scale):
    queries = ops.matmul(query, query_kernel)[:, :, None, :]
    keys = ops.matmul(key, key_kernel)[:, None, :, :]
    return ops.matmul(ops.relu(queries + keys), scale[:, None])[..., 0]
