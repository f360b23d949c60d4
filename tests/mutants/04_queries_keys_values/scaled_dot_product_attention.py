"""Wrong answers to `scaled_dot_product_attention`, each named after the mistake it makes."""

from keras import ops


def _scores(query, key):
    return ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5


def _masked(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)


def _attend(weights, value):
    return ops.matmul(weights, value), weights


def mask_inverted(query, key, value, mask):
    return _attend(_masked(_scores(query, key), ops.logical_not(mask)), value)


def mask_after_softmax(query, key, value, mask):
    weights = ops.softmax(_scores(query, key), axis=-1)
    return _attend(weights * ops.cast(mask, weights.dtype), value)


def mask_ignored(query, key, value, mask):
    return _attend(ops.softmax(_scores(query, key), axis=-1), value)


def mask_too_weak(query, key, value, mask):
    scores = _scores(query, key)
    return _attend(ops.softmax(scores - (1 - ops.cast(mask, scores.dtype)), axis=-1), value)


def scores_set_to_zero(query, key, value, mask):
    scores = _scores(query, key)
    return _attend(ops.softmax(scores * ops.cast(mask, scores.dtype), axis=-1), value)


def empty_row_uniform(query, key, value, mask):
    return _attend(ops.softmax(ops.where(mask, _scores(query, key), -1e9), axis=-1), value)


def empty_row_nan(query, key, value, mask):
    return _attend(ops.softmax(ops.where(mask, _scores(query, key), -float("inf")), axis=-1), value)


def scale_missing(query, key, value, mask):
    return _attend(_masked(ops.matmul(query, ops.swapaxes(key, -1, -2)), mask), value)


def scaled_by_width(query, key, value, mask):
    return _attend(_masked(_scores(query, key) / query.shape[-1] ** 0.5, mask), value)


def scaled_by_length(query, key, value, mask):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / key.shape[1] ** 0.5
    return _attend(_masked(scores, mask), value)


def wrong_axis(query, key, value, mask):
    return _attend(ops.softmax(ops.where(mask, _scores(query, key), -1e9), axis=1), value)


def keys_as_values(query, key, value, mask):
    return _attend(_masked(_scores(query, key), mask), key)


def hidden_maximum(query, key, value, mask):
    weights = ops.softmax(_scores(query, key), axis=-1) * ops.cast(mask, query.dtype)
    return _attend(weights / (ops.sum(weights, axis=-1, keepdims=True) + 1e-9), value)


def overflow(query, key, value, mask):
    exponentials = ops.exp(_scores(query, key)) * ops.cast(mask, query.dtype)
    total = ops.sum(exponentials, axis=-1, keepdims=True)
    return _attend(exponentials / ops.where(total == 0.0, 1.0, total), value)


def weights_not_zeroed(query, key, value, mask):
    weights = ops.softmax(ops.where(mask, _scores(query, key), -1e9), axis=-1)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), ops.matmul(weights, value), 0.0), weights


def context_not_zeroed(query, key, value, mask):
    weights = ops.softmax(ops.where(mask, _scores(query, key), -1e9), axis=-1)
    return ops.matmul(weights, value), weights * ops.cast(mask, weights.dtype)
