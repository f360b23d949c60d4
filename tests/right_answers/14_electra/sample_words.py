"""Right answers to `sample_words` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(logits, even, temperature, is_allowed):
    scores = np.array(logits) / temperature - np.log(-np.log(np.array(even)))
    scores[..., ~np.array(is_allowed)] = -np.inf
    return scores.argmax(axis=-1)


def in_loops(logits, even, temperature, is_allowed):
    rows = []
    for sequence, numbers in zip(np.array(logits).tolist(), np.array(even).tolist(), strict=True):
        rows.append([])
        for z, u in zip(sequence, numbers, strict=True):
            scores = {
                v: z[v] / temperature - math.log(-math.log(u[v])) for v, may in enumerate(is_allowed) if may
            }
            rows[-1].append(max(scores, key=scores.get))
    return rows


def barred_before_the_noise(logits, even, temperature, is_allowed):
    barred = logits / temperature + ops.where(is_allowed, 0.0, -1e9)
    return ops.argmax(barred - ops.log(-ops.log(even)), axis=2)


def of_log_probabilities(logits, even, temperature, is_allowed):
    logs = ops.log_softmax(ops.where(is_allowed, logits / temperature, -1e9), axis=-1)
    return ops.cast(ops.argmax(logs - ops.log(-ops.log(even)), axis=-1), "int32")


def as_a_race(logits, even, temperature, is_allowed):
    """Whose clock rings first: the same draw, without the outer logarithm."""
    waiting = ops.log(-ops.log(even)) - logits / temperature
    return ops.argmin(ops.where(is_allowed, waiting, float("inf")), axis=-1)


def noise_times_temperature(logits, even, temperature, is_allowed):
    scores = logits - temperature * ops.log(-ops.log(even))
    return ops.argmax(ops.where(is_allowed, scores, -float("inf")), axis=-1)
