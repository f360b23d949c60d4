"""Wrong answers to `masked_softmax`, each named after the mistake it makes."""

from keras import ops


def wrong_axis(scores, mask):
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-2)


def mask_inverted(scores, mask):
    return ops.softmax(ops.where(mask, -1e9, scores), axis=-1)


def mask_after_softmax(scores, mask):
    return ops.softmax(scores, axis=-1) * ops.cast(mask, scores.dtype)


def mask_ignored(scores, mask):
    return ops.softmax(scores, axis=-1)


def scores_set_to_zero(scores, mask):
    return ops.softmax(scores * ops.cast(mask, scores.dtype), axis=-1)


def empty_row_uniform(scores, mask):
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-1)


def empty_row_nan(scores, mask):
    return ops.softmax(ops.where(mask, scores, -float("inf")), axis=-1)


def not_normalised(scores, mask):
    shifted = scores - ops.max(scores, axis=-1, keepdims=True)
    return ops.where(mask, ops.exp(shifted), 0.0)


def overflow(scores, mask):
    exponentials = ops.exp(scores) * ops.cast(mask, scores.dtype)
    total = ops.sum(exponentials, axis=-1, keepdims=True)
    return exponentials / ops.where(total == 0.0, 1.0, total)


def mask_too_weak(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -10.0), axis=-1)
    return weights * ops.cast(mask, weights.dtype)


def scores_clipped(scores, mask):
    exponentials = ops.exp(ops.clip(scores, -80.0, 80.0)) * ops.cast(mask, scores.dtype)
    total = ops.sum(exponentials, axis=-1, keepdims=True)
    return exponentials / ops.where(total == 0.0, 1.0, total)


def hidden_maximum(scores, mask):
    exponentials = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * ops.cast(mask, scores.dtype)
    total = ops.sum(exponentials, axis=-1, keepdims=True)
    return exponentials / ops.where(total == 0.0, 1.0, total)
