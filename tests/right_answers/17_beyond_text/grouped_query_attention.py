"""Right answers to `grouped_query_attention` in other styles."""

import math

import numpy as np
from keras import ops


def in_loops(query, key, value):
    query, key, value = (np.array(array, "float64") for array in (query, key, value))
    batch, heads, length, width = query.shape
    per_group = heads // key.shape[1]
    output = np.zeros(query.shape)
    for b, n, t in np.ndindex(batch, heads, length):
        keys, values = key[b, n // per_group, : t + 1], value[b, n // per_group, : t + 1]
        scores = keys @ query[b, n, t] / math.sqrt(width)
        shares = np.exp(scores - scores.max())
        output[b, n, t] = shares @ values / shares.sum()
    return output


def heads_split_into_groups(query, key, value):
    batch, heads, length, width = query.shape
    groups = key.shape[1]
    split = ops.reshape(query, (batch, groups, heads // groups, length, width))
    scores = ops.einsum("bgntk,bgsk->bgnts", split, key) / math.sqrt(width)
    mask = ops.tril(ops.ones((length, length), dtype="bool"))
    shares = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    output = ops.einsum("bgnts,bgsk->bgntk", shares, value)
    return ops.reshape(output, (batch, heads, length, width))


def head_by_head(query, key, value):
    per_group = query.shape[1] // key.shape[1]
    length = query.shape[2]
    ahead = ops.triu(ops.ones((length, length)), k=1) * -1e9
    outputs = []
    for head in range(query.shape[1]):
        keys, values = key[:, head // per_group], value[:, head // per_group]
        scores = ops.matmul(query[:, head], ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5
        outputs.append(ops.matmul(ops.softmax(scores + ahead, axis=-1), values))
    return ops.stack(outputs, axis=1)


def keys_taken_by_number(query, key, value):
    numbers = np.arange(query.shape[1]) // (query.shape[1] // key.shape[1])
    key, value = ops.take(key, numbers, axis=1), ops.take(value, numbers, axis=1)
    scores = ops.einsum("bntk,bnsk->bnts", query * query.shape[-1] ** -0.5, key)
    mask = np.tril(np.ones((query.shape[2], query.shape[2]), bool))
    scores = ops.where(mask, scores, float("-inf"))
    return ops.einsum("bnts,bnsk->bntk", ops.softmax(scores), value)
