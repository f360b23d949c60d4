import math

import numpy as np
from keras import ops


def wrong_1(query, key, value, table):
    """Left and right swapped: the distance is query minus key; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[:, None] - places[None, :], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores + ops.take(table, columns, axis=1), axis=-1), value)


def wrong_2(query, key, value, table):
    """Adds the bias before the scaling, so it is divided by the root of K, too; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) + ops.take(table, columns, axis=1)
    return ops.matmul(ops.softmax(scores / query.shape[-1] ** 0.5, axis=-1), value)


def wrong_3(query, key, value, table):
    """Adds the bias to the weights, after the softmax; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1) + ops.take(table, columns, axis=1), value)


def wrong_4(query, key, value, table):
    """All heads share the numbers of the first; wrong from two heads on."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores + ops.take(table[0], columns), axis=-1), value)


def wrong_5(query, key, value, table):
    """Forgets to scale; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key)
    return ops.matmul(ops.softmax(scores + ops.take(table, columns, axis=1), axis=-1), value)


def wrong_6(query, key, value, table):
    """Takes m for T - 1, as if the table held every distance: wrong whenever it does not."""
    t = query.shape[2]
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None] + t - 1, 0, table.shape[1] - 1)
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores + ops.take(table, columns, axis=1), axis=-1), value)


def wrong_7(query, key, value, table):
    """Ignores the table; wrong on almost any input."""
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_8(query, key, value, table):
    """Far distances get no bias at all instead of that of the edge; wrong when T is larger than m + 1."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    distance = places[None, :] - places[:, None]
    bias = ops.take(table, np.clip(distance, -m, m) + m, axis=1)
    bias = ops.where(ops.convert_to_tensor(np.abs(distance) <= m), bias, 0.0)
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores + bias, axis=-1), value)


def wrong_9(query, key, value, table):
    """The softmax runs over the queries; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores + ops.take(table, columns, axis=1), axis=-2), value)


def wrong_10(query, key, value, table):
    """Hides the future, though the text has no mask; wrong on almost any input."""
    t, m = query.shape[2], (table.shape[1] - 1) // 2
    places = np.arange(t)
    columns = np.clip(places[None, :] - places[:, None], -m, m) + m
    scores = ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1] ** 0.5
    scores = scores + ops.take(table, columns, axis=1)
    scores = ops.where(ops.convert_to_tensor(np.tri(t, dtype=bool)), scores, -1e9)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def right_1(query, key, value, table):
    """NumPy."""
    q, k, v, b = (np.asarray(x) for x in (query, key, value, table))
    t, m = q.shape[2], b.shape[1] // 2
    columns = np.clip(np.arange(t) - np.arange(t)[:, None], -m, m) + m
    a = q @ k.swapaxes(2, 3) / math.sqrt(q.shape[3]) + b[:, columns]
    e = np.exp(a - a.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)) @ v


def right_2(query, key, value, table):
    """One-hot columns, einsum from the table to the scores."""
    size, m = query.shape[2], (table.shape[1] - 1) // 2
    places = ops.arange(size, dtype="int32")
    columns = ops.clip(places[None] - places[:, None], -m, m) + m
    bias = ops.einsum("nc,tsc->nts", table, ops.one_hot(columns, 2 * m + 1))
    scores = ops.einsum("bntk,bnsk->bnts", query, key) * query.shape[-1] ** -0.5
    return ops.einsum("bnts,bnsv->bntv", ops.softmax(scores + bias[None]), value)


def right_3(query, key, value, table):
    """Head by head and query by query, slices of a table that is widened at its edges."""
    t = query.shape[2]
    m = table.shape[1] // 2
    if t > m + 1:
        extra = t - 1 - m
        left, right = ops.repeat(table[:, :1], extra, axis=1), ops.repeat(table[:, -1:], extra, axis=1)
        table = ops.concatenate([left, table, right], axis=1)
        m = t - 1
    outputs = []
    for i in range(t):
        bias = table[:, m - i : m - i + t]  # (N, T)
        scores = ops.sum(query[:, :, i : i + 1] * key, axis=-1) / query.shape[-1] ** 0.5 + bias
        weights = ops.softmax(scores, axis=-1)
        outputs.append(ops.sum(weights[..., None] * value, axis=2))
    return ops.stack(outputs, axis=2)
