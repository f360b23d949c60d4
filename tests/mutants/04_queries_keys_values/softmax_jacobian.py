"""Wrong answers to `softmax_jacobian`, each named after the mistake it makes."""

from keras import ops


def _identity(scores):
    return ops.eye(scores.shape[-1], dtype=scores.dtype)


def diagonal_only(scores):
    weights = ops.softmax(scores, axis=-1)
    return (weights * (1 - weights))[:, :, None] * _identity(scores)


def sign_flipped(scores):
    weights = ops.softmax(scores, axis=-1)
    return weights[:, :, None] * (weights[:, None, :] - _identity(scores))


def plus_for_minus(scores):
    weights = ops.softmax(scores, axis=-1)
    return weights[:, :, None] * (_identity(scores) + weights[:, None, :])


def diagonal_of_ones(scores):
    weights = ops.softmax(scores, axis=-1)
    return _identity(scores) - weights[:, :, None] * weights[:, None, :]


def of_log_softmax(scores):
    return _identity(scores) - ops.softmax(scores, axis=-1)[:, None, :]


def softmax_forgotten(scores):
    return scores[:, :, None] * (_identity(scores) - scores[:, None, :])


def wrong_axis(scores):
    weights = ops.softmax(scores, axis=0)
    return weights[:, :, None] * (_identity(scores) - weights[:, None, :])


def outer_product_only(scores):
    weights = ops.softmax(scores, axis=-1)
    return -weights[:, :, None] * weights[:, None, :]
