"""Right answers to `token_perplexity` in other styles."""

import math

import numpy as np
from keras import ops


def picked_by_the_mask(log_probabilities, padding_mask):
    return np.exp(-np.mean(np.asarray(log_probabilities)[np.asarray(padding_mask)]))


def in_loops(log_probabilities, padding_mask):
    total, count = 0.0, 0
    for row, mask in zip(log_probabilities.numpy().tolist(), padding_mask.numpy().tolist(), strict=True):
        for value, is_real in zip(row, mask, strict=True):
            if is_real:
                total += value
                count += 1
    return math.exp(-total / count)


def chosen_with_where(log_probabilities, padding_mask):
    nats = -ops.sum(ops.where(padding_mask, log_probabilities, 0.0))
    return ops.exp(nats / ops.cast(ops.count_nonzero(padding_mask), "float32"))


def in_bits(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    bits = -ops.sum(log_probabilities * weights) / math.log(2) / ops.sum(weights)
    return 2.0**bits


def weighted_mean_of_sentences(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    lengths = ops.sum(weights, axis=1)
    means = ops.sum(log_probabilities * weights, axis=1) / lengths
    return ops.exp(-ops.average(means, weights=lengths))


def inverse_of_the_mean_probability(log_probabilities, padding_mask):
    return 1 / ops.exp(
        ops.average(ops.ravel(log_probabilities), weights=ops.cast(ops.ravel(padding_mask), "float32"))
    )
