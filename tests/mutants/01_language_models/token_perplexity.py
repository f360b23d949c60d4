"""Wrong answers to `token_perplexity`, each named after the mistake it makes."""

from keras import ops


def padding_counted(log_probabilities, padding_mask):
    kept = ops.where(padding_mask, log_probabilities, 0.0)
    return ops.exp(-ops.mean(kept))


def mask_ignored(log_probabilities, padding_mask):
    return ops.exp(-ops.mean(log_probabilities))


def mask_inverted(log_probabilities, padding_mask):
    weights = 1.0 - ops.cast(padding_mask, log_probabilities.dtype)
    return ops.exp(-ops.sum(log_probabilities * weights) / ops.sum(weights))


def mean_of_perplexities(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    costs = -ops.sum(log_probabilities * weights, axis=1) / ops.sum(weights, axis=1)
    return ops.mean(ops.exp(costs))


def sentences_weigh_the_same(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    costs = -ops.sum(log_probabilities * weights, axis=1) / ops.sum(weights, axis=1)
    return ops.exp(ops.mean(costs))


def sign_forgotten(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    return ops.exp(ops.sum(log_probabilities * weights) / ops.sum(weights))


def base_two(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    return ops.power(2.0, -ops.sum(log_probabilities * weights) / ops.sum(weights))


def not_exponentiated(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    return -ops.sum(log_probabilities * weights) / ops.sum(weights)


def one_value_a_sentence(log_probabilities, padding_mask):
    weights = ops.cast(padding_mask, log_probabilities.dtype)
    return ops.exp(-ops.sum(log_probabilities * weights, axis=1) / ops.sum(weights, axis=1))


def probabilities_multiplied(log_probabilities, padding_mask):
    product = ops.prod(ops.where(padding_mask, ops.exp(log_probabilities), 1.0))
    return product ** (-1.0 / ops.sum(ops.cast(padding_mask, "float32")))
