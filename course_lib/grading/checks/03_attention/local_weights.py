"""Verdict of `local_weights`: softmax inside a window, then a bell around its middle."""

import numpy as np


def draw(generator):
    """Scores (B, T, S), centers (B, T) in [0, S - 1], windows of 1 to 3."""
    cases = []
    for batch, length, keys, window, scale in (
        (1, 2, 5, 1, 1.0),
        (2, 3, 7, 2, 0.1),
        (3, 5, 11, 3, 1.0),
        (2, 7, 13, 2, 10.0),
        (5, 2, 17, 3, 3.0),
    ):
        center = generator.uniform(0, keys - 1, (batch, length))
        cases.append(
            {
                "scores": generator.normal(0, scale, (batch, length, keys)),
                # A quarter away from whole and half numbers: no position stands on the edge of a window.
                "center": np.floor(center) + np.where(center % 1 < 0.5, 0.25, 0.75),
                "window": window,
            }
        )
    return cases


def _softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _distance(scores, center):
    return np.arange(scores.shape[-1]) - center[:, :, None]


def _inside(scores, center, window):
    return np.abs(_distance(scores, center)) <= window


def _bell(scores, center, deviation):
    return np.exp(-(_distance(scores, center) ** 2) / (2 * deviation**2))


def _window_weights(scores, center, window):
    inside = _inside(scores, center, window)
    return np.where(inside, _softmax(np.where(inside, scores, -1e9)), 0.0)


def reference(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window / 2)


def _renormalised(scores, center, window):
    weights = reference(scores, center, window)
    return weights / weights.sum(axis=-1, keepdims=True)


def _window_after_softmax(scores, center, window):
    return _softmax(scores) * _inside(scores, center, window) * _bell(scores, center, window / 2)


def _no_window(scores, center, window):
    return _softmax(scores) * _bell(scores, center, window / 2)


def _deviation_is_window(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window)


def _two_forgotten(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window / 2 / np.sqrt(2))


def _bell_on_scores(scores, center, window):
    return _window_weights(scores * _bell(scores, center, window / 2), center, window)


def _rounded_center(scores, center, window):
    return reference(scores, np.round(center), window)


def _truncated_center(scores, center, window):
    return reference(scores, np.floor(center), window)


def _half_window(scores, center, window):
    weights = np.where(np.abs(_distance(scores, center)) <= window / 2, scores, -1e9)
    inside = np.abs(_distance(scores, center)) <= window / 2
    return np.where(inside, _softmax(weights), 0.0) * _bell(scores, center, window / 2)


MISTAKES = {
    "no_bell": _window_weights,
    "no_window": _no_window,
    "renormalised": _renormalised,
    "window_after_softmax": _window_after_softmax,
    "deviation_is_window": _deviation_is_window,
    "two_forgotten": _two_forgotten,
    "bell_on_scores": _bell_on_scores,
    "rounded_center": (_rounded_center, _truncated_center),
    "half_window": _half_window,
}
