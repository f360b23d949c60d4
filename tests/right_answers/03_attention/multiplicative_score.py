"""Right answers to `multiplicative_score` in other styles."""

import numpy as np
from keras import ops


def one_einsum(query, key, kernel):
    return ops.einsum("btq,qk,bsk->bts", query, kernel, key)


def query_projected(query, key, kernel):
    return ops.matmul(ops.matmul(query, kernel), ops.transpose(key, (0, 2, 1)))


def in_numpy(query, key, kernel):
    query, key, kernel = map(np.asarray, (query, key, kernel))
    return np.array([q @ kernel @ k.T for q, k in zip(query, key, strict=True)])


def as_nested_lists(query, key, kernel):
    query, key, kernel = (ops.convert_to_numpy(array).tolist() for array in (query, key, kernel))

    def score(q, k):
        return sum(q[i] * w * k[j] for i, row in enumerate(kernel) for j, w in enumerate(row))

    return [[[score(q, k) for k in keys] for q in qs] for qs, keys in zip(query, key, strict=True)]
