"""Right answers to `length_normalised_scores` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(token_log_probabilities, token_ids, length_penalty):
    mask = np.asarray(token_ids) > 0
    total = np.sum(token_log_probabilities, axis=1, where=mask)
    return total / np.power((5 + mask.sum(axis=1)) / 6, length_penalty)


def in_loops(token_log_probabilities, token_ids, length_penalty):
    scores = []
    for row, ids in zip(token_log_probabilities.numpy(), token_ids.numpy(), strict=True):
        length = sum(token != 0 for token in ids)
        scores.append(sum(map(float, row[:length])) / math.pow((5 + length) / 6, length_penalty))
    return scores


def by_logarithms(token_log_probabilities, token_ids, length_penalty):
    total = ops.sum(ops.where(token_ids != 0, token_log_probabilities, 0.0), axis=-1)
    length = ops.cast(ops.count_nonzero(token_ids, axis=-1), "float32")
    return total * ops.exp(-length_penalty * ops.log((length + 5.0) / 6.0))


def a_negative_power(token_log_probabilities, token_ids, length_penalty):
    mask = ops.cast(ops.not_equal(token_ids, 0), "float32")
    total = ops.einsum("bt,bt->b", token_log_probabilities, mask)
    return total * ops.power((5.0 + ops.sum(mask, axis=1)) / 6.0, -length_penalty)


def powers_apart(token_log_probabilities, token_ids, length_penalty):
    mask = ops.cast(token_ids != 0, "float32")
    total, length = ops.sum(token_log_probabilities * mask, 1), ops.sum(mask, 1)
    return total * 6.0**length_penalty / (5.0 + length) ** length_penalty
