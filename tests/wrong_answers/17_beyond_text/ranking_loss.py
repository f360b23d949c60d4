"""Wrong answers to `ranking_loss` beside its mutants."""

import numpy as np


def _softmax(logits):
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def _right(logits, labels):
    logits, labels = np.array(logits, "float64"), np.array(labels)
    return _softmax(logits)[np.arange(len(labels)), :, labels]


def _steps(logits, labels):
    right = _right(logits, labels)
    return right[:, :-1] - right[:, 1:]


def hinge_after_the_sum__of_everything(logits, labels, margin):
    return max(0.0, (_steps(logits, labels) + margin).mean())


def hinge_after_the_sum__over_pictures(logits, labels, margin):
    return np.maximum(0, (_steps(logits, labels) + margin).mean(axis=0)).sum()


def margin_beyond_the_hinge__once(logits, labels, margin):
    return np.maximum(0, _steps(logits, labels)).sum(axis=1).mean() + margin


def mean_over_looks__by_their_number(logits, labels, margin):
    return np.maximum(0, _steps(logits, labels) + margin).sum() / logits.shape[0] / logits.shape[1]


def squared_hinge(logits, labels, margin):
    return (np.maximum(0, _steps(logits, labels) + margin) ** 2).sum(axis=1).mean()


def cross_entropy(logits, labels, margin):
    return -np.log(_right(logits, labels) + 1e-9).sum(axis=1).mean()


def margin_times_two(logits, labels, margin):
    return np.maximum(0, _steps(logits, labels) + 2 * margin).sum(axis=1).mean()


def largest_pair_alone(logits, labels, margin):
    return np.maximum(0, _steps(logits, labels) + margin).max(axis=1).mean()


def every_picture_by_itself(logits, labels, margin):
    return np.maximum(0, _steps(logits, labels) + margin).sum(axis=1)
