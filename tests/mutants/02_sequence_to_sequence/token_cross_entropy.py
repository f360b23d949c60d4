"""Wrong answers to `token_cross_entropy`, each named after the mistake it makes."""

import math

from keras import ops


def _losses(logits, labels):
    return ops.logsumexp(logits, axis=-1) - ops.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]


def _is_real(labels):
    return ops.cast(labels != 0, "float32")


def _right(logits, labels):
    is_real = _is_real(labels)
    return ops.sum(_losses(logits, labels) * is_real) / ops.sum(is_real)


def one_value_a_token(logits, labels):
    return _losses(logits, labels) * _is_real(labels)


def padding_counted(logits, labels):
    return ops.mean(_losses(logits, labels))


def divided_by_all(logits, labels):
    return ops.mean(_losses(logits, labels) * _is_real(labels))


def mean_of_means(logits, labels):
    is_real = _is_real(labels)
    return ops.mean(ops.sum(_losses(logits, labels) * is_real, axis=1) / ops.sum(is_real, axis=1))


def sum_not_mean(logits, labels):
    return ops.sum(_losses(logits, labels) * _is_real(labels))


def sign_flipped(logits, labels):
    return -_right(logits, labels)


def in_bits(logits, labels):
    return _right(logits, labels) / math.log(2)


def shifted_labels(logits, labels):
    return _right(logits[:, :-1], labels[:, 1:])


def softmax_forgotten(logits, labels):
    chosen = ops.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return -ops.sum(chosen * _is_real(labels)) / ops.sum(_is_real(labels))


def probability_not_logarithm(logits, labels):
    probabilities = ops.take_along_axis(ops.softmax(logits), labels[..., None], axis=-1)[..., 0]
    return 1 - ops.sum(probabilities * _is_real(labels)) / ops.sum(_is_real(labels))


def overflow(logits, labels):
    exponentials = ops.exp(logits)
    probabilities = exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
    chosen = ops.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0]
    return -ops.sum(ops.where(labels != 0, ops.log(chosen), 0.0)) / ops.sum(_is_real(labels))


def exponentiated(logits, labels):
    return ops.exp(_right(logits, labels))


def label_zero_left_out(logits, labels):
    losses = _losses(logits[:, :, 1:], ops.maximum(labels - 1, 0))
    return ops.sum(losses * _is_real(labels)) / ops.sum(_is_real(labels))


def floor_in_logarithm(logits, labels):
    probabilities = ops.take_along_axis(ops.softmax(logits), labels[..., None], axis=-1)[..., 0]
    return -ops.sum(ops.log(probabilities + 1e-9) * _is_real(labels)) / ops.sum(_is_real(labels))


def logits_clipped(logits, labels):
    return _right(ops.clip(logits, -50, 50), labels)
