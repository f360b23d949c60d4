"""Wrong answers to `masked_softmax` beside its mutants."""

import numpy as np
from keras import ops


def mask_ignored__empty_rows_zeroed(scores, mask):
    weights = ops.softmax(scores, axis=-1)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), weights, 0.0)


def mask_too_weak__lowered_by_ten(scores, mask):
    weights = ops.softmax(scores - 10.0 * (1.0 - ops.cast(mask, scores.dtype)), axis=-1)
    return weights * ops.cast(mask, weights.dtype)


def scores_clipped__above(scores, mask):
    kept = ops.where(mask, ops.minimum(scores, 50.0), -1e9)
    return ops.softmax(kept, axis=-1) * ops.cast(mask, scores.dtype)


def hidden_maximum__renormalised(scores, mask):
    weights = ops.softmax(scores, axis=-1) * ops.cast(mask, scores.dtype)
    return weights / (ops.sum(weights, axis=-1, keepdims=True) + 1e-9)


def overflow__in_numpy(scores, mask):
    exponentials = np.exp(np.asarray(scores, dtype="float64")) * np.asarray(mask)
    total = exponentials.sum(axis=-1, keepdims=True)
    return exponentials / np.where(total == 0, 1, total)


def mask_is_a_prefix(scores, mask):
    mask = ops.broadcast_to(mask, scores.shape)
    count = ops.sum(ops.cast(mask, "int32"), axis=-1, keepdims=True)
    mask = ops.arange(scores.shape[-1]) < count
    return ops.softmax(ops.where(mask, scores, -1e9)) * ops.cast(mask, "float32")


def mask_of_full_shape_only(scores, mask):
    kept = ops.where(ops.reshape(mask, scores.shape), scores, -1e9)
    return ops.softmax(kept) * ops.cast(mask, "float32")


def last_key_left_out(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9)[..., :-1])
    weights = ops.pad(weights, ((0, 0), (0, 0), (0, 1)))
    return weights * ops.cast(mask, "float32")


def sum_of_all_queries(scores, mask):
    kept = ops.where(mask, scores, -1e9)
    exponentials = ops.exp(kept - ops.max(kept, axis=-1, keepdims=True)) * ops.cast(mask, "float32")
    return exponentials / ops.maximum(ops.sum(exponentials, axis=(-2, -1), keepdims=True), 1e-9)


def sigmoid(scores, mask):
    return ops.sigmoid(scores) * ops.cast(mask, "float32")
