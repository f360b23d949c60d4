"""Wrong answers to `scaled_dot_product_attention` beside its mutants."""

import numpy as np
from keras import ops


def _scores(query, key):
    return ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5


def _attend(scores, value, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9)) * ops.cast(mask, "float32")
    return ops.matmul(weights, value), weights


def mask_too_weak__minus_ten(query, key, value, mask):
    weights = ops.softmax(ops.where(mask, _scores(query, key), -10.0)) * ops.cast(mask, "float32")
    return ops.matmul(weights, value), weights


def mask_too_weak__lowered_by_ten(query, key, value, mask):
    weights = ops.softmax(_scores(query, key) - 10.0 * (1.0 - ops.cast(mask, "float32")))
    return ops.matmul(weights, value), weights


def weights_not_zeroed__by_the_mask(query, key, value, mask):
    weights = ops.softmax(ops.where(mask, _scores(query, key), -1e9))
    context = ops.matmul(weights, value) * ops.cast(ops.any(mask, axis=-1, keepdims=True), "float32")
    return context, weights


def overflow__in_numpy(query, key, value, mask):
    exponentials = np.exp(np.asarray(_scores(query, key), dtype="float64")) * np.asarray(mask)
    weights = exponentials / np.maximum(exponentials.sum(axis=-1, keepdims=True), 1e-9)
    return weights @ np.asarray(value), weights


def hidden_maximum__by_hand(query, key, value, mask):
    scores = _scores(query, key)
    exponentials = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True)) * ops.cast(mask, "float32")
    total = ops.sum(exponentials, axis=-1, keepdims=True)
    weights = exponentials / ops.where(total == 0.0, 1.0, total)
    return ops.matmul(weights, value), weights


def mask_is_a_prefix(query, key, value, mask):
    scores = _scores(query, key)
    count = ops.sum(ops.cast(ops.broadcast_to(mask, scores.shape), "int32"), axis=-1, keepdims=True)
    return _attend(scores, value, ops.arange(key.shape[1]) < count)


def mask_of_full_shape_only(query, key, value, mask):
    scores = _scores(query, key)
    return _attend(scores, value, ops.reshape(mask, scores.shape))


def mask_of_rank_two_is_padding(query, key, value, mask):
    return _attend(_scores(query, key), value, mask[:, None, :] if mask.ndim == 2 else mask)


def scores_clipped(query, key, value, mask):
    return _attend(ops.clip(_scores(query, key), -50.0, 50.0), value, mask)


def contexts_alone(query, key, value, mask):
    return _attend(_scores(query, key), value, mask)[0]


def weights_first(query, key, value, mask):
    return _attend(_scores(query, key), value, mask)[::-1]


def scaled_by_value_width(query, key, value, mask):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / value.shape[-1] ** 0.5
    return _attend(scores, value, mask)


def scores_for_weights(query, key, value, mask):
    scores = _scores(query, key)
    return _attend(scores, value, mask)[0], ops.where(mask, scores, 0.0)
