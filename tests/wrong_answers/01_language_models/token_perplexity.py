"""Wrong answers to `token_perplexity` beside its mutants."""

import numpy as np
from keras import ops


def prefix_for_the_mask(log_probabilities, padding_mask):
    lengths = np.asarray(padding_mask).sum(axis=1)
    rows = np.asarray(log_probabilities)
    kept = np.concatenate([row[:length] for row, length in zip(rows, lengths, strict=True)])
    return np.exp(-kept.mean())


def mask_taken_from_zeros(log_probabilities, padding_mask):
    weights = ops.cast(ops.not_equal(log_probabilities, 0.0), "float32")
    return ops.exp(-ops.sum(log_probabilities * weights) / ops.sum(weights))


def impossible_tokens_only(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32") * ops.cast(log_probabilities < 0, "float32")
    return ops.exp(-ops.sum(log_probabilities * weights) / ops.sum(weights))


def one_token_too_few(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    return ops.exp(-ops.sum(log_probabilities * weights) / (ops.sum(weights) - 1.0))


def divided_by_the_sentences(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    return ops.exp(-ops.sum(log_probabilities * weights) / len(log_probabilities))


def only_the_first_sentence(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask[0], "float32")
    return ops.exp(-ops.sum(log_probabilities[0] * weights) / ops.sum(weights))


def inverse_of_the_arithmetic_mean(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    return ops.sum(weights) / ops.sum(ops.exp(log_probabilities) * weights)


def divided_twice(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, "float32")
    return ops.exp(-ops.mean(log_probabilities * weights) / ops.sum(weights))


def probabilities_multiplied__in_loops(log_probabilities, padding_mask):
    product, count = 1.0, 0
    for row, mask in zip(np.exp(log_probabilities).astype("float64"), np.asarray(padding_mask), strict=True):
        for probability in row[mask]:
            product *= probability
            count += 1
    return (1 / product) ** (1 / count) if product else float("inf")


def padding_counted__by_the_mean_of_products(log_probabilities, padding_mask):
    return np.exp(-np.mean(np.asarray(log_probabilities) * np.asarray(padding_mask)))
