"""Right answers to `dot_score` in other styles."""

import numpy as np
from keras import ops


def query_scaled_first(query, key, is_scaled):
    if is_scaled:
        query = query * query.shape[-1] ** -0.5
    return ops.einsum("btd,bsd->bts", query, key)


def in_numpy(query, key, is_scaled):
    scores = np.asarray(query) @ np.asarray(key).transpose(0, 2, 1)
    if is_scaled:
        scores /= np.sqrt(query.shape[-1])
    return scores


def as_nested_lists(query, key, is_scaled):
    divisor = len(query[0][0]) ** 0.5 if is_scaled else 1
    return [
        [
            [sum(float(a) * float(b) for a, b in zip(q, k, strict=True)) / divisor for k in keys]
            for q in queries
        ]
        for queries, keys in zip(ops.convert_to_numpy(query), ops.convert_to_numpy(key), strict=True)
    ]


def products_summed(query, key, is_scaled):
    scores = ops.sum(query[:, :, None, :] * key[:, None, :, :], axis=-1)
    return ops.divide(scores, ops.sqrt(ops.cast(ops.shape(key)[-1], "float32"))) if is_scaled else scores


def sentence_by_sentence(query, key, is_scaled):
    scores = ops.stack([ops.matmul(query[b], ops.transpose(key[b])) for b in range(query.shape[0])])
    return scores / np.sqrt(key.shape[-1]) if is_scaled else scores
