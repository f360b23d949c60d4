"""Wrong answers to `smoothed_cross_entropy` beside its mutants."""

import numpy as np
from keras import ops


def _targets(logits, labels, smoothing):
    words = logits.shape[-1]
    return (1 - smoothing) * ops.one_hot(labels, words) + smoothing / words


def _losses(logits, labels, smoothing):
    return -ops.sum(_targets(logits, labels, smoothing) * ops.log_softmax(logits, axis=-1), axis=-1)


def _mean(losses, real):
    real = ops.cast(real, losses.dtype)
    return ops.sum(losses * real) / ops.sum(real)


def bounded_logarithm__clipped_as_in_keras(logits, labels, smoothing):
    probabilities = ops.clip(ops.softmax(logits, axis=-1), 1e-7, 1 - 1e-7)
    losses = -ops.sum(_targets(logits, labels, smoothing) * ops.log(probabilities), axis=-1)
    return _mean(losses, labels != 0)


def overflow__of_the_exponentials(logits, labels, smoothing):
    log_probabilities = logits - ops.log(ops.sum(ops.exp(logits), axis=-1, keepdims=True))
    losses = -ops.sum(_targets(logits, labels, smoothing) * log_probabilities, axis=-1)
    return _mean(losses, labels != 0)


def overflow__of_the_logarithm(logits, labels, smoothing):
    log_probabilities = ops.log(ops.softmax(logits, axis=-1))
    losses = -ops.sum(_targets(logits, labels, smoothing) * log_probabilities, axis=-1)
    return _mean(losses, labels != 0)


def overflow__in_numpy(logits, labels, smoothing):
    exponentials = np.exp(np.asarray(logits, dtype="float64"))
    log_probabilities = np.log(exponentials / exponentials.sum(axis=-1, keepdims=True))
    q = np.asarray(_targets(logits, labels, smoothing))
    return -(q * log_probabilities).sum(axis=-1)[np.asarray(labels) != 0].mean()


def mean_of_means__empty_sentences_guarded(logits, labels, smoothing):
    real = ops.cast(labels != 0, logits.dtype)
    sums = ops.sum(_losses(logits, labels, smoothing) * real, axis=1)
    return ops.mean(sums / ops.maximum(ops.sum(real, axis=1), 1.0))


def first_n_counted__until_the_first_padding(logits, labels, smoothing):
    real = ops.cumprod(ops.cast(labels != 0, "int32"), axis=1)
    return _mean(_losses(logits, labels, smoothing), real)


def up_to_the_last_real_token(logits, labels, smoothing):
    later = ops.flip(ops.cumsum(ops.flip(ops.cast(labels != 0, "int32"), axis=1), axis=1), axis=1)
    return _mean(_losses(logits, labels, smoothing), later > 0)


def ids_one_too_small(logits, labels, smoothing):
    return _mean(_losses(logits, ops.maximum(labels - 1, 0), smoothing), labels != 0)


def ids_zero_and_one_as_padding(logits, labels, smoothing):
    return _mean(_losses(logits, labels, smoothing), labels > 1)


def default_smoothing_for_zero(logits, labels, smoothing):
    return _mean(_losses(logits, labels, smoothing or 0.1), labels != 0)


def in_bits(logits, labels, smoothing):
    return _mean(_losses(logits, labels, smoothing), labels != 0) / ops.log(2.0)


def sign_forgotten(logits, labels, smoothing):
    return -_mean(_losses(logits, labels, smoothing), labels != 0)


def entropy_of_the_targets_subtracted(logits, labels, smoothing):
    targets = _targets(logits, labels, smoothing)
    entropies = -ops.sum(targets * ops.log(ops.maximum(targets, 1e-30)), axis=-1)
    return _mean(_losses(logits, labels, smoothing) - entropies, labels != 0)


def one_loss_per_position(logits, labels, smoothing):
    return _losses(logits, labels, smoothing) * ops.cast(labels != 0, logits.dtype)


def softmax_over_positions(logits, labels, smoothing):
    log_probabilities = ops.log_softmax(logits, axis=1)
    losses = -ops.sum(_targets(logits, labels, smoothing) * log_probabilities, axis=-1)
    return _mean(losses, labels != 0)


def logits_clipped(logits, labels, smoothing):
    return _mean(_losses(ops.clip(logits, -50.0, 50.0), labels, smoothing), labels != 0)


def smoothing_spread_over_positions(logits, labels, smoothing):
    log_probabilities = ops.log_softmax(logits, axis=-1)
    at_label = ops.take_along_axis(log_probabilities, labels[:, :, None], axis=-1)[:, :, 0]
    even = ops.mean(at_label, axis=1, keepdims=True)
    return _mean(-(1 - smoothing) * at_label - smoothing * even, labels != 0)
