"""Wrong answers to `local_weights`, each named after the mistake it makes."""

from keras import ops


def _distance(scores, center):
    return ops.arange(scores.shape[-1], dtype=scores.dtype) - center[:, :, None]


def _window_weights(scores, center, window):
    inside = ops.abs(_distance(scores, center)) <= window
    weights = ops.softmax(ops.where(inside, scores, -1e9), axis=-1)
    return weights * ops.cast(inside, weights.dtype)


def _bell(scores, center, deviation):
    return ops.exp(-ops.square(_distance(scores, center)) / (2 * deviation**2))


def no_bell(scores, center, window):
    return _window_weights(scores, center, window)


def no_window(scores, center, window):
    return ops.softmax(scores, axis=-1) * _bell(scores, center, window / 2)


def renormalised(scores, center, window):
    weights = _window_weights(scores, center, window) * _bell(scores, center, window / 2)
    return weights / ops.sum(weights, axis=-1, keepdims=True)


def window_after_softmax(scores, center, window):
    inside = ops.cast(ops.abs(_distance(scores, center)) <= window, scores.dtype)
    return ops.softmax(scores, axis=-1) * inside * _bell(scores, center, window / 2)


def deviation_is_window(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window)


def two_forgotten(scores, center, window):
    distance = _distance(scores, center)
    return _window_weights(scores, center, window) * ops.exp(-ops.square(distance) / (window / 2) ** 2)


def bell_on_scores(scores, center, window):
    return _window_weights(scores * _bell(scores, center, window / 2), center, window)


def rounded_center(scores, center, window):
    center = ops.round(center)
    return _window_weights(scores, center, window) * _bell(scores, center, window / 2)


def half_window(scores, center, window):
    return _window_weights(scores, center, window / 2) * _bell(scores, center, window / 2)


def window_too_weak(scores, center, window):
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[:, :, None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -10.0))
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def edge_left_out(scores, center, window):
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[:, :, None]
    inside = ops.abs(distance) < window
    weights = ops.softmax(ops.where(inside, scores, -1e9))
    return ops.where(inside, weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2)), 0.0)
