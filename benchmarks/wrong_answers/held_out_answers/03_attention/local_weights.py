import math

import numpy as np
from keras import ops


def wrong_1(scores, center, window):
    """The softmax runs over the whole sentence and the window is cut out afterwards; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    bell = ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
    return ops.where(ops.abs(distance) <= window, ops.softmax(scores, axis=-1) * bell, 0.0)


def wrong_2(scores, center, window):
    """Normalises again after the bell, so that rows sum to one; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    inside = ops.abs(distance) <= window
    weights = ops.softmax(ops.where(inside, scores, -1e9), axis=-1)
    weights = weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
    return weights / ops.sum(weights, axis=-1, keepdims=True)


def wrong_3(scores, center, window):
    """Sigma is D, not D / 2; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9), axis=-1)
    return weights * ops.exp(-ops.square(distance) / (2 * window**2))


def wrong_4(scores, center, window):
    """Leaves out positions at a distance of exactly D (< instead of <=). Wrong on: whole middles and a whole D."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    inside = ops.abs(distance) < window
    weights = ops.softmax(ops.where(inside, scores, -1e9), axis=-1)
    return ops.where(inside, weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2)), 0.0)


def wrong_5(scores, center, window):
    """Rounds the middle to a whole position first. Wrong on: middles between two positions."""
    center = ops.round(center)
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9), axis=-1)
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def wrong_6(scores, center, window):
    """Forgets the 2 under the square; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9), axis=-1)
    return weights * ops.exp(-ops.square(distance) / (window / 2) ** 2)


def wrong_7(scores, center, window):
    """Leaves the bell out; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    inside = ops.abs(distance) <= window
    return ops.where(inside, ops.softmax(ops.where(inside, scores, -1e9), axis=-1), 0.0)


def wrong_8(scores, center, window):
    """Sigma by whole-number division, D // 2; wrong for odd D (and nan for D = 1)."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9), axis=-1)
    sigma = window // 2
    return weights * ops.exp(-ops.square(distance) / ops.cast(2 * sigma**2, "float32"))


def wrong_9(scores, center, window):
    """Takes D for the whole width of the window: |s - p| <= D / 2; wrong on almost any input."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[..., None]
    inside = ops.abs(distance) <= window / 2
    weights = ops.softmax(ops.where(inside, scores, -1e9), axis=-1)
    return ops.where(inside, weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2)), 0.0)


def wrong_10(scores, center, window):
    """Everybody looks around the middle of the first query of the sentence; wrong when the middles differ."""
    distance = ops.arange(scores.shape[-1], dtype="float32") - center[:, :1, None]
    weights = ops.softmax(ops.where(ops.abs(distance) <= window, scores, -1e9), axis=-1)
    return weights * ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))


def right_1(scores, center, window):
    """NumPy with minus infinity outside."""
    a, p = np.asarray(scores), np.asarray(center)
    away = np.arange(a.shape[-1]) - p[..., None]
    a = np.where(np.abs(away) <= window, a, -np.inf)
    e = np.exp(a - a.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True) * np.exp(-2 * away**2 / window**2)


def right_2(scores, center, window):
    """Loops in pure Python."""
    sigma = window / 2
    result = np.zeros(scores.shape, "float32")
    a, p = np.asarray(scores).tolist(), np.asarray(center).tolist()
    for b, sentence in enumerate(a):
        for t, row in enumerate(sentence):
            middle = p[b][t]
            inside = [s for s in range(len(row)) if abs(s - middle) <= window]
            top = max(row[s] for s in inside)
            total = sum(math.exp(row[s] - top) for s in inside)
            for s in inside:
                share = math.exp(row[s] - top) / total
                result[b, t, s] = share * math.exp(-((s - middle) ** 2) / (2 * sigma**2))
    return ops.convert_to_tensor(result)


def right_3(scores, center, window):
    """Keras ops; the bell added to the logarithm of the softmax."""
    distance = ops.cast(ops.arange(scores.shape[2]), "float32")[None, None] - ops.expand_dims(center, -1)
    inside = ops.square(distance) <= window**2
    logs = ops.log_softmax(ops.where(inside, scores, -1e30), axis=-1)
    return ops.where(inside, ops.exp(logs - 2.0 * ops.square(distance / window)), 0.0)
