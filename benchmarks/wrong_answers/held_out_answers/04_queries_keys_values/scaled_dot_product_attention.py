import math

import numpy as np
from keras import ops


def wrong_1(query, key, value, mask):
    """A query that may attend to nothing gets equal weights, not zeros. Wrong on: such a query."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return ops.matmul(weights, value), weights


def wrong_2(query, key, value, mask):
    """Context of such a query is zero but its weights are not. Wrong on: such a query."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    context = ops.matmul(weights, value)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), context, 0.0), weights


def wrong_3(query, key, value, mask):
    """Masks after the softmax without normalising again. Wrong on: a hidden key beside a seen one."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.where(mask, ops.softmax(scores, axis=-1), 0.0)
    return ops.matmul(weights, value), weights


def wrong_4(query, key, value, mask):
    """Minus infinity: nan for a query that may attend to nothing."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(mask, scores, -float("inf")), axis=-1)
    return ops.matmul(weights, value), weights


def wrong_5(query, key, value, mask):
    """Takes True for hidden; wrong on almost any input."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.where(mask, 0.0, ops.softmax(ops.where(mask, -1e9, scores), axis=-1))
    return ops.matmul(weights, value), weights


def wrong_6(query, key, value, mask):
    """Does not scale. Wrong on: K above 1 and two seen keys."""
    scores = ops.einsum("btk,bsk->bts", query, key)
    weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
    return ops.matmul(weights, value), weights


def wrong_7(query, key, value, mask):
    """Divides by the root of the number of keys. Wrong on: S not K."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[1] ** 0.5
    weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e9), axis=-1), 0.0)
    return ops.matmul(weights, value), weights


def wrong_8(query, key, value, mask):
    """Adds the mask as 0 or 1 to the scores, a slight preference only. Wrong on: a hidden key."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.softmax(scores + ops.cast(mask, scores.dtype), axis=-1)
    return ops.matmul(weights, value), weights


def wrong_9(query, key, value, mask):
    """Zeroes the hidden values but leaves hidden keys their weights. Wrong on: a hidden key."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(ops.where(mask, weights, 0.0), value), weights


def wrong_10(query, key, value, mask):
    """Expects a padding mask (B, S) in any case: puts an axis in the middle of what is there already. Wrong on: masks (T, S) or (B, T, S) whose queries differ."""
    scores = ops.einsum("btk,bsk->bts", query, key) / key.shape[-1] ** 0.5
    keep = ops.any(mask, axis=-2, keepdims=True)
    weights = ops.where(keep, ops.softmax(ops.where(keep, scores, -1e9), axis=-1), 0.0)
    return ops.matmul(weights, value), weights


def right_1(query, key, value, mask):
    """NumPy, the division spared for empty rows."""
    q, k, v = (np.asarray(x) for x in (query, key, value))
    a = q @ k.transpose(0, 2, 1) / np.float32(math.sqrt(k.shape[-1]))
    m = np.broadcast_to(np.asarray(mask), a.shape)
    a = np.where(m, a, np.float32(-1e30))
    e = np.exp(a - a.max(-1, keepdims=True)) * m
    total = e.sum(-1, keepdims=True)
    weights = e / np.where(total == 0, np.float32(1), total)
    return weights @ v, weights


def right_2(query, key, value, mask):
    """One more key that is always seen only where nothing else is; its column cut off."""
    scores = ops.einsum("btk,bsk->bts", query / key.shape[-1] ** 0.5, key)
    mask = ops.logical_and(mask, ops.ones_like(scores, dtype="bool"))
    nothing = ops.logical_not(ops.any(mask, axis=-1, keepdims=True))
    scores = ops.concatenate([scores, ops.zeros_like(scores[..., :1])], axis=-1)
    keep = ops.concatenate([mask, nothing], axis=-1)
    weights = ops.softmax(ops.where(keep, scores, -1e30), axis=-1)[..., :-1]
    return ops.einsum("bts,bsv->btv", weights, value), weights


def right_3(query, key, value, mask):
    """Loops over sentences and queries, a list for the pair."""
    keep = np.broadcast_to(np.asarray(mask), (query.shape[0], query.shape[1], key.shape[1]))
    weights = np.zeros(keep.shape, "float32")
    q, k, v = (np.asarray(x) for x in (query, key, value))
    for b, t in np.ndindex(keep.shape[:2]):
        seen = np.flatnonzero(keep[b, t])
        if len(seen):
            a = k[b, seen] @ q[b, t] / k.shape[-1] ** 0.5
            e = np.exp(a - a.max())
            weights[b, t, seen] = e / e.sum()
    contexts = np.stack([w @ x for w, x in zip(weights, v)])
    return [ops.convert_to_tensor(contexts), ops.convert_to_tensor(weights)]


def right_4(query, key, value, mask):
    """Softmax of low scores times the mask."""
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) * key.shape[-1] ** -0.5
    weights = ops.softmax(ops.where(mask, scores, ops.full_like(scores, -1e10)), axis=-1)
    weights = weights * ops.cast(mask, weights.dtype)
    return ops.matmul(weights, value), weights
