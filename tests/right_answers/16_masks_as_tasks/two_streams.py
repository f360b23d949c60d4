"""Right answers to `two_streams` in other styles."""

import math

import numpy as np
from keras import ops


def in_loops(content, query, ranks, weights):
    h, g, ranks = (np.array(array, "float64") for array in (content, query, ranks))
    q, k, v = (np.array(weights[name], "float64") for name in ("query", "key", "value"))
    new_h, new_g = h.copy(), g.copy()
    for b, t in np.ndindex(ranks.shape):
        for stream, new, seen in (
            (h, new_h, ranks[b] <= ranks[b, t]),
            (g, new_g, ranks[b] < ranks[b, t]),
        ):
            if seen.any():
                scores = (h[b][seen] @ k) @ (stream[b, t] @ q) / math.sqrt(h.shape[-1])
                shares = np.exp(scores - scores.max())
                new[b, t] += (shares / shares.sum()) @ (h[b][seen] @ v)
    return new_h, new_g


def both_streams_in_one(content, query, ranks, weights):
    length = content.shape[1]
    both = ops.concatenate([content, query], axis=1)  # (B, 2 T, D)
    seen = ranks[:, None, :]
    mask = ops.concatenate([seen <= ranks[:, :, None], seen < ranks[:, :, None]], axis=1)
    scores = ops.einsum(
        "btd,bsd->bts", ops.matmul(both, weights["query"]), ops.matmul(content, weights["key"])
    )
    scores = ops.where(mask, scores / math.sqrt(content.shape[-1]), -1e9)
    shares = ops.where(mask, ops.softmax(scores, axis=-1), 0.0)
    new = both + ops.einsum("bts,bsd->btd", shares, ops.matmul(content, weights["value"]))
    return [new[:, :length], new[:, length:]]


def in_numpy(content, query, ranks, weights):
    content, query, ranks = np.array(content), np.array(query), np.array(ranks)
    key, value = content @ np.array(weights["key"]), content @ np.array(weights["value"])
    results = []
    for stream, compare in ((content, np.less_equal), (query, np.less)):
        mask = compare(ranks[:, None, :], ranks[:, :, None])
        scores = stream @ np.array(weights["query"]) @ key.transpose(0, 2, 1) / np.sqrt(content.shape[2])
        scores = np.where(mask, scores, -1e30)
        shares = np.exp(scores - scores.max(-1, keepdims=True)) * mask
        results.append(stream + shares @ value / np.maximum(shares.sum(-1, keepdims=True), 1e-30))
    return tuple(results)
