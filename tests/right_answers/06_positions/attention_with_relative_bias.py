"""Right answers to `attention_with_relative_bias` in other styles."""

import numpy as np
from keras import ops


def in_numpy(query, key, value, table):
    query, key, value, table = (np.asarray(x, dtype="float64") for x in (query, key, value, table))
    furthest = table.shape[1] // 2
    distance = np.arange(query.shape[2])[None, :] - np.arange(query.shape[2])[:, None]
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
    scores += table[:, np.clip(distance, -furthest, furthest) + furthest]
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=-1, keepdims=True) @ value


def with_einsum(query, key, value, table):
    length, furthest = query.shape[2], (table.shape[1] - 1) // 2
    columns = ops.arange(length)[None, :] - ops.arange(length)[:, None] + furthest
    columns = ops.minimum(ops.maximum(columns, 0), 2 * furthest)
    scores = ops.einsum("bntk,bnsk->bnts", query, key) * query.shape[-1] ** -0.5
    scores = scores + ops.transpose(ops.take(ops.transpose(table), columns, axis=0), (2, 0, 1))
    return ops.einsum("bnts,bnsv->bntv", ops.softmax(scores), value)


def with_one_hot_columns(query, key, value, table):
    length, furthest = query.shape[2], table.shape[1] // 2
    distance = ops.arange(length)[None, :] - ops.arange(length)[:, None]
    one_hot = ops.one_hot(ops.clip(distance, -furthest, furthest) + furthest, table.shape[1])
    bias = ops.einsum("tsc,nc->nts", one_hot, table)
    scores = ops.matmul(query / ops.sqrt(float(query.shape[-1])), ops.swapaxes(key, 2, 3)) + bias[None]
    exponentials = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    weights = exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
    return ops.matmul(weights, value)


def head_by_head(query, key, value, table):
    length, furthest = query.shape[2], table.shape[1] // 2
    heads = []
    for n in range(query.shape[1]):
        rows = [
            [table[n, max(-furthest, min(furthest, s - t)) + furthest] for s in range(length)]
            for t in range(length)
        ]
        bias = ops.stack([ops.stack(row) for row in rows])
        scores = ops.matmul(query[:, n], ops.swapaxes(key[:, n], 1, 2)) / query.shape[-1] ** 0.5 + bias
        heads.append(ops.matmul(ops.softmax(scores, axis=-1), value[:, n]))
    return ops.stack(heads, axis=1)
