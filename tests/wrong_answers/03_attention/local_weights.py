"""Wrong answers to `local_weights` beside its mutants."""

import math

from keras import ops


def _distance(scores, center):
    return ops.arange(scores.shape[-1], dtype="float32") - center[:, :, None]


def _weights(scores, distance, window, sigma):
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9))
    return weights * ops.exp(-ops.square(distance) / (2 * sigma**2))


def edge_left_out__of_the_bell_too(scores, center, window):
    distance = _distance(scores, center)
    inside = ops.abs(distance) < window
    weights = ops.softmax(ops.where(inside, scores, -1e9)) * ops.cast(inside, "float32")
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def window_too_weak__not_hidden_at_all(scores, center, window):
    distance = _distance(scores, center)
    weights = ops.softmax(scores * ops.cast(ops.abs(distance) <= window, "float32"))
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def edge_left_out_on_the_right(scores, center, window):
    distance = _distance(scores, center)
    inside = ops.logical_and(distance >= -window, distance < window)
    weights = ops.softmax(ops.where(inside, scores, -1e9))
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def whole_windows_only(scores, center, window):
    return _weights(scores, _distance(scores, center), math.ceil(window), window / 2)


def whole_deviations_only(scores, center, window):
    return _weights(scores, _distance(scores, center), window, max(window // 2, 1))


def centers_counted_from_one(scores, center, window):
    return _weights(scores, _distance(scores, center) + 1, window, window / 2)


def bell_of_distances(scores, center, window):
    distance = ops.abs(_distance(scores, center))
    weights = ops.softmax(ops.where(distance <= window, scores, -1e9))
    return weights * ops.exp(-distance / (2 * (window / 2) ** 2))


def bell_normalised(scores, center, window):
    distance = _distance(scores, center)
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9))
    bell = ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
    return weights * bell / ops.sum(bell, axis=-1, keepdims=True)


def centers_of_first_sentence(scores, center, window):
    return _weights(scores, _distance(scores, center[:1]), window, window / 2)


def exponentials_without_shift(scores, center, window):
    distance = _distance(scores, center)
    exponentials = ops.exp(scores) * ops.cast(ops.abs(distance) <= window, "float32")
    weights = exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
