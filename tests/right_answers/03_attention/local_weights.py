"""Right answers to `local_weights` in other styles."""

import numpy as np
from keras import ops


def infinity_as_mask(scores, center, window):
    distance = ops.cast(ops.arange(scores.shape[-1]), "float32") - ops.expand_dims(center, -1)
    kept = ops.where(ops.abs(distance) > window, -float("inf"), scores)
    return ops.softmax(kept) * ops.exp(-2.0 * (distance / window) ** 2)


def in_numpy(scores, center, window):
    distance = np.arange(scores.shape[-1]) - np.asarray(center)[..., None]
    kept = np.where(np.abs(distance) <= window, np.asarray(scores, dtype="float64"), -np.inf)
    weights = np.exp(kept - kept.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights * np.exp(-(distance**2) / (2 * (window / 2) ** 2))


def query_by_query(scores, center, window):
    sigma = window / 2
    weights = np.zeros(scores.shape)
    for b, rows in enumerate(ops.convert_to_numpy(scores)):
        for t, row in enumerate(rows):
            middle = float(center[b, t])
            inside = [s for s in range(len(row)) if abs(s - middle) <= window]
            exponentials = [np.exp(float(row[s]) - float(row[inside].max())) for s in inside]
            for s, exponential in zip(inside, exponentials, strict=True):
                bell = np.exp(-((s - middle) ** 2) / (2 * sigma**2))
                weights[b, t, s] = exponential / sum(exponentials) * bell
    return weights


def bell_before_the_division(scores, center, window):
    distance = ops.arange(scores.shape[-1], dtype="float32")[None, None] - center[:, :, None]
    kept = ops.where(ops.abs(distance) <= window, scores, -1e9)
    exponentials = ops.exp(kept - ops.max(kept, axis=-1, keepdims=True))
    bell = ops.exp(-ops.square(distance) / (2 * (window / 2) ** 2))
    return exponentials * bell / ops.sum(exponentials, axis=-1, keepdims=True)
