"""Wrong answers to `token_cross_entropy` beside its mutants."""

import numpy as np
from keras import ops


def _losses(logits, labels):
    return -ops.take_along_axis(ops.log_softmax(logits), labels[..., None], axis=-1)[..., 0]


def _mean(losses, weights):
    weights = ops.cast(weights, "float32")
    return ops.sum(losses * weights) / ops.sum(weights)


def the_first_positions_for_the_real_ones(logits, labels):
    lengths = ops.sum(ops.cast(labels != 0, "int32"), axis=1, keepdims=True)
    return _mean(_losses(logits, labels), ops.arange(labels.shape[1])[None, :] < lengths)


def everything_before_the_last_real_label(logits, labels):
    seen = ops.flip(ops.cumsum(ops.flip(labels, axis=1), axis=1), axis=1)
    return _mean(_losses(logits, labels), seen != 0)


def id_one_left_out_too(logits, labels):
    return _mean(_losses(logits, labels), labels > 1)


def label_smoothing(logits, labels):
    log_probabilities = ops.log_softmax(logits)
    losses = 0.9 * _losses(logits, labels) - 0.1 * ops.mean(log_probabilities, axis=-1)
    return _mean(losses, labels != 0)


def softmax_over_time(logits, labels):
    log_probabilities = ops.log_softmax(logits, axis=1)
    losses = -ops.take_along_axis(log_probabilities, labels[..., None], axis=-1)[..., 0]
    return _mean(losses, labels != 0)


def labels_one_too_small(logits, labels):
    return _mean(_losses(logits, ops.maximum(labels - 1, 0)), labels != 0)


def one_token_too_few(logits, labels):
    weights = ops.cast(labels != 0, "float32")
    return ops.sum(_losses(logits, labels) * weights) / (ops.sum(weights) + 1.0)


def probabilities_averaged_first(logits, labels):
    return -ops.log(_mean(ops.exp(-_losses(logits, labels)), labels != 0) + 1e-30)


def squared_difference_to_one_hot(logits, labels):
    difference = ops.softmax(logits) - ops.one_hot(labels, logits.shape[-1])
    return _mean(ops.sum(difference**2, axis=-1), labels != 0)


def softmax_twice(logits, labels):
    return _mean(_losses(ops.softmax(logits), labels), labels != 0)


def largest_not_subtracted_again(logits, labels):
    largest = ops.max(logits, axis=-1)
    total = ops.log(ops.sum(ops.exp(logits - largest[..., None]), axis=-1))
    chosen = ops.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return _mean(total - chosen, labels != 0)


def overflow__in_float64(logits, labels):
    logits, labels = np.asarray(logits, "float64"), np.asarray(labels)
    with np.errstate(all="ignore"):
        total = np.log(np.exp(logits).sum(axis=-1))
    losses = total - np.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return losses[labels != 0].mean()


def overflow__logarithm_of_the_softmax(logits, labels):
    probabilities = ops.take_along_axis(ops.softmax(logits), labels[..., None], axis=-1)[..., 0]
    return -ops.sum(ops.where(labels != 0, ops.log(probabilities), 0.0)) / ops.sum(
        ops.cast(labels != 0, "float32")
    )


def overflow__largest_of_the_batch_subtracted(logits, labels):
    shifted = logits - ops.max(logits)
    total = ops.log(ops.sum(ops.exp(shifted), axis=-1))
    chosen = ops.take_along_axis(shifted, labels[..., None], axis=-1)[..., 0]
    return _mean(total - chosen, labels != 0)


def floor_in_logarithm__clipped(logits, labels):
    probabilities = ops.take_along_axis(ops.softmax(logits), labels[..., None], axis=-1)[..., 0]
    return _mean(-ops.log(ops.clip(probabilities, 1e-7, 1.0)), labels != 0)


def one_value_a_token__real_ones_alone(logits, labels):
    return np.asarray(_losses(logits, labels))[np.asarray(labels) != 0]
