"""Right answers to `additive_score` in other styles."""

import numpy as np
from keras import ops


def einsum_throughout(query, key, query_kernel, key_kernel, scale):
    hidden = (
        ops.einsum("btq,qh->bth", query, query_kernel)[:, :, None]
        + ops.einsum("bsk,kh->bsh", key, key_kernel)[:, None]
    )
    return ops.einsum("btsh,h->bts", ops.tanh(hidden), scale)


def one_query_at_a_time(query, key, query_kernel, key_kernel, scale):
    keys = ops.matmul(key, key_kernel)
    columns = [
        ops.sum(scale * ops.tanh(keys + ops.matmul(query[:, t : t + 1], query_kernel)), axis=-1)
        for t in range(query.shape[1])
    ]
    return ops.stack(columns, axis=1)


def in_numpy(query, key, query_kernel, key_kernel, scale):
    query, key, scale = np.asarray(query), np.asarray(key), np.asarray(scale)
    queries, keys = query @ np.asarray(query_kernel), key @ np.asarray(key_kernel)
    return np.tanh(queries[:, :, np.newaxis] + keys[:, np.newaxis]) @ scale


def pairs_joined_first(query, key, query_kernel, key_kernel, scale):
    queries = ops.repeat(query[:, :, None], key.shape[1], axis=2)
    keys = ops.repeat(key[:, None], query.shape[1], axis=1)
    pairs = ops.concatenate([queries, keys], axis=-1)
    kernel = ops.concatenate([query_kernel, key_kernel], axis=0)
    return ops.tensordot(ops.tanh(ops.matmul(pairs, kernel)), scale, axes=1)
