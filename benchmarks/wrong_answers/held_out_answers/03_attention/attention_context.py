import numpy as np
from keras import ops


def wrong_1(scores, value, padding_mask):
    """Ignores the mask; wrong on almost any input."""
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_2(scores, value, padding_mask):
    """Masks after the softmax without normalising again; wrong on almost any input."""
    weights = ops.softmax(scores, axis=-1) * ops.cast(padding_mask, scores.dtype)[:, None, :]
    return ops.matmul(weights, value)


def wrong_3(scores, value, padding_mask):
    """The softmax runs over the queries (axis 1); wrong on almost any input."""
    weights = ops.softmax(ops.where(padding_mask[:, None, :], scores, -1e9), axis=1)
    return ops.matmul(weights, value)


def wrong_4(scores, value, padding_mask):
    """Fills masked scores with 1e-9, which is about 0 and not about nothing; wrong on almost any input."""
    weights = ops.softmax(ops.where(padding_mask[:, None, :], scores, 1e-9), axis=-1)
    return ops.matmul(weights, value)


def wrong_5(scores, value, padding_mask):
    """Takes True for padding; wrong on almost any input."""
    weights = ops.softmax(ops.where(padding_mask[:, None, :], -1e9, scores), axis=-1)
    return ops.matmul(weights, value)


def wrong_6(scores, value, padding_mask):
    """Zeroes the values of padding but leaves it its weights; wrong on almost any input."""
    value = ops.where(padding_mask[..., None], value, 0.0)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_7(scores, value, padding_mask):
    """Takes the single best value, not the average; wrong on almost any input."""
    best = ops.argmax(ops.where(padding_mask[:, None, :], scores, -1e9), axis=-1)
    return ops.take_along_axis(value, best[..., None], axis=1)


def wrong_8(scores, value, padding_mask):
    """The mask gets its new axis at the end, (B, S, 1): over queries; fails when T is not S."""
    weights = ops.softmax(ops.where(padding_mask[:, :, None], scores, -1e9), axis=-1)
    return ops.matmul(weights, value)


def wrong_9(scores, value, padding_mask):
    """Divides the exponentials by the number of real tokens instead of by their sum; wrong on almost any input."""
    mask = ops.cast(padding_mask, scores.dtype)[:, None, :]
    exps = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * mask
    return ops.matmul(exps / ops.sum(mask, axis=-1, keepdims=True), value)


def right_1(scores, value, padding_mask):
    """NumPy with exponentials of minus infinity."""
    a, v, m = np.asarray(scores), np.asarray(value), np.asarray(padding_mask)
    a = np.where(m[:, None], a, -np.inf)
    e = np.exp(a - a.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)) @ v


def right_2(scores, value, padding_mask):
    """Each sentence cut to its real tokens, in a loop."""
    contexts = []
    for b, mask in enumerate(np.asarray(padding_mask)):
        real = ops.convert_to_tensor(np.flatnonzero(mask).astype("int32"))
        weights = ops.softmax(ops.take(scores[b], real, axis=1), axis=-1)
        contexts.append(ops.matmul(weights, ops.take(value[b], real, axis=0)))
    return ops.stack(contexts)


def right_3(scores, value, padding_mask):
    """Einsum first, division last."""
    keep = ops.expand_dims(padding_mask, axis=1)
    low = ops.where(keep, scores, ops.full_like(scores, -1e30))
    e = ops.exp(low - ops.max(low, axis=-1, keepdims=True))
    return ops.einsum("bts,bsd->btd", e, value) / ops.sum(e, axis=-1, keepdims=True)
