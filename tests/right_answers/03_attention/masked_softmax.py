"""Right answers to `masked_softmax` in other styles."""

import numpy as np
from keras import ops


def in_numpy(scores, mask):
    scores = np.asarray(scores, dtype="float64")
    mask = np.broadcast_to(np.asarray(mask), scores.shape)
    largest = np.where(mask, scores, -np.inf).max(axis=-1, keepdims=True)
    exponentials = np.where(mask, np.exp(np.where(mask, scores - largest, 0.0)), 0.0)
    total = exponentials.sum(axis=-1, keepdims=True)
    return exponentials / np.where(total == 0, 1, total)


def as_nested_lists(scores, mask):
    mask = ops.broadcast_to(mask, scores.shape)
    weights = ops.where(mask, ops.softmax(ops.where(mask, scores, -1e30)), 0.0)
    return ops.convert_to_numpy(weights).tolist()


def shifted_by_hand(scores, mask):
    kept = ops.where(mask, scores, -1e9)
    kept = kept - ops.max(kept, axis=-1, keepdims=True)
    exponentials = ops.exp(kept) * ops.cast(mask, "float32")
    return exponentials / ops.maximum(ops.sum(exponentials, axis=-1, keepdims=True), 1e-30)


def infinity_then_zeros(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -float("inf")), axis=2)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), weights, ops.zeros_like(weights))
