import math

import numpy as np
from keras import ops


def wrong_1(scores, mask):
    """A row whose mask is all False gets equal weights instead of zeros. Wrong on: such a row."""
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-1)


def wrong_2(scores, mask):
    """Masks after the softmax and does not normalise again; wrong wherever a key is masked."""
    return ops.where(mask, ops.softmax(scores, axis=-1), 0.0)


def wrong_3(scores, mask):
    """Exponentials without taking the maximum off: overflow at 200."""
    exps = ops.where(mask, ops.exp(scores), 0.0)
    total = ops.sum(exps, axis=-1, keepdims=True)
    return exps / ops.where(total > 0, total, 1.0)


def wrong_4(scores, mask):
    """Sets masked scores to 0, which is a score like others. Wrong on: a masked key beside a kept one."""
    weights = ops.softmax(ops.where(mask, scores, 0.0), axis=-1)
    return weights * ops.cast(ops.any(mask, axis=-1, keepdims=True), weights.dtype)


def wrong_5(scores, mask):
    """The softmax runs over the queries (axis 1); wrong on almost any input."""
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=1)
    return ops.where(mask, weights, 0.0)


def wrong_6(scores, mask):
    """Minus infinity without care: nan where a row's mask is all False."""
    return ops.softmax(ops.where(mask, scores, -float("inf")), axis=-1)


def wrong_7(scores, mask):
    """Takes off the maximum of all keys, masked ones too: a masked score 200 above the rest leaves zeros. Wrong on: such scores."""
    exps = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    exps = ops.where(mask, exps, 0.0)
    return exps / ops.maximum(ops.sum(exps, axis=-1, keepdims=True), 1e-30)


def wrong_8(scores, mask):
    """Masks by -100 only: at scores of -200 it is the masked keys that get the attention."""
    weights = ops.softmax(ops.where(mask, scores, -100.0), axis=-1)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), weights, 0.0)


def wrong_9(scores, mask):
    """Takes True for masked; wrong on almost any input."""
    weights = ops.softmax(ops.where(mask, -1e9, scores), axis=-1)
    return ops.where(mask, 0.0, weights)


def wrong_10(scores, mask):
    """Indexes with the mask as it is; fails when the mask has to be broadcast."""
    values, keep = np.array(scores), np.array(mask)
    values[~keep] = -np.inf
    top = values.max(axis=-1, keepdims=True)
    exps = np.exp(values - np.where(np.isfinite(top), top, 0))
    total = exps.sum(axis=-1, keepdims=True)
    return ops.convert_to_tensor(exps / np.where(total > 0, total, 1))


def right_1(scores, mask):
    """NumPy with the maximum of the kept keys."""
    a = np.asarray(scores)
    m = np.broadcast_to(np.asarray(mask), a.shape)
    top = np.max(a, axis=-1, keepdims=True, where=m, initial=-1e30)
    e = np.where(m, np.exp(np.where(m, a - top, 0)), 0)
    total = e.sum(-1, keepdims=True)
    return np.divide(e, total, out=np.zeros_like(e), where=total > 0)


def right_2(scores, mask):
    """Loops in pure Python."""
    a = np.asarray(scores)
    m = np.broadcast_to(np.asarray(mask), a.shape).tolist()
    result = []
    for sentence, keeps in zip(a.tolist(), m):
        rows = []
        for row, keep in zip(sentence, keeps):
            top = max([x for x, k in zip(row, keep) if k], default=0.0)
            exps = [math.exp(x - top) if k else 0.0 for x, k in zip(row, keep)]
            total = sum(exps) or 1.0
            rows.append([e / total for e in exps])
        result.append(rows)
    return ops.convert_to_tensor(result, dtype="float32")


def right_3(scores, mask):
    """Softmax of very low scores, and zeros where the mask says so."""
    mask = ops.broadcast_to(mask, ops.shape(scores))
    weights = ops.softmax(ops.where(mask, scores, ops.full_like(scores, -1e9)), axis=-1)
    return weights * ops.cast(mask, weights.dtype)


def right_4(scores, mask):
    """Keys first: the softmax along axis 1 of the transposed scores."""
    keep = ops.swapaxes(ops.logical_and(mask, ops.ones_like(scores, dtype="bool")), 1, 2)
    a = ops.where(keep, ops.swapaxes(scores, 1, 2), -1e30)
    e = ops.where(keep, ops.exp(a - ops.max(a, axis=1, keepdims=True)), 0.0)
    total = ops.sum(e, axis=1, keepdims=True)
    return ops.swapaxes(e / ops.where(total > 0, total, ops.ones_like(total)), 1, 2)
