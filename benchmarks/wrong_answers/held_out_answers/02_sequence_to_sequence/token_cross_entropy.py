import math

import keras
import numpy as np
from keras import ops


def wrong_1(logits, labels):
    """Averages over padding, too; wrong on almost any input."""
    one_hot = ops.one_hot(labels, logits.shape[-1])
    return -ops.mean(ops.sum(one_hot * ops.log_softmax(logits, axis=-1), axis=-1))


def wrong_2(logits, labels):
    """Masks the sum but divides by B T; wrong on almost any input."""
    one_hot = ops.one_hot(labels, logits.shape[-1])
    loss = -ops.sum(one_hot * ops.log_softmax(logits, axis=-1), axis=-1)
    return ops.mean(ops.where(ops.not_equal(labels, 0), loss, 0.0))


def wrong_3(logits, labels):
    """The mean of each sentence, then of those; wrong when lengths differ."""
    one_hot = ops.one_hot(labels, logits.shape[-1])
    loss = -ops.sum(one_hot * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.mean(ops.sum(loss * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1.0))


def wrong_4(logits, labels):
    """Logarithm of a softmax: infinite when the right token's logit is 200 below the best."""
    picked = ops.take_along_axis(ops.softmax(logits, axis=-1), labels[..., None], axis=-1)[..., 0]
    mask = ops.not_equal(labels, 0)
    return ops.sum(ops.where(mask, -ops.log(picked), 0.0)) / ops.sum(ops.cast(mask, logits.dtype))


def wrong_5(logits, labels):
    """Adds 1e-9 to the probability, so no token costs more than 20.7 nats; wrong for large logits."""
    picked = ops.take_along_axis(ops.softmax(logits, axis=-1), labels[..., None], axis=-1)[..., 0]
    mask = ops.not_equal(labels, 0)
    return ops.sum(ops.where(mask, -ops.log(picked + 1e-9), 0.0)) / ops.sum(ops.cast(mask, logits.dtype))


def wrong_6(logits, labels):
    """In bits, not nats; wrong on almost any input."""
    one_hot = ops.one_hot(labels, logits.shape[-1])
    loss = -ops.sum(one_hot * ops.log_softmax(logits, axis=-1), axis=-1) / math.log(2)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_7(logits, labels):
    """Exponentials by hand without taking the maximum off: overflow at 200."""
    exps = ops.exp(logits)
    probabilities = exps / ops.sum(exps, axis=-1, keepdims=True)
    one_hot = ops.one_hot(labels, logits.shape[-1])
    picked = ops.sum(one_hot * probabilities, axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), logits.dtype)
    return -ops.sum(ops.log(ops.maximum(picked, 1e-37)) * mask) / ops.sum(mask)


def wrong_8(logits, labels):
    """The softmax runs over positions (axis 1) instead of over the vocabulary; wrong on almost any input."""
    logs = ops.log_softmax(logits, axis=1)
    loss = -ops.take_along_axis(logs, labels[..., None], axis=-1)[..., 0]
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_9(logits, labels):
    """A loss for each sentence, (B,), in place of one for the batch; wrong on almost any input."""
    loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1.0)


def right_1(logits, labels):
    """Loops in pure Python, a float back."""
    total, count = 0.0, 0
    for rows, targets in zip(np.asarray(logits).tolist(), np.asarray(labels).tolist()):
        for row, target in zip(rows, targets):
            if target == 0:
                continue
            top = max(row)
            total += top + math.log(sum(math.exp(a - top) for a in row)) - row[target]
            count += 1
    return total / count


def right_2(logits, labels):
    """NumPy on real tokens only."""
    a, y = np.asarray(logits), np.asarray(labels)
    a, y = a[y != 0].astype("float64"), y[y != 0]
    a = a - a.max(-1, keepdims=True)
    return np.mean(np.log(np.exp(a).sum(-1)) - a[np.arange(len(y)), y])


def right_3(logits, labels):
    """The loss function of Keras, weighed by the mask."""
    losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    real = ops.cast(labels > 0, losses.dtype)
    return ops.sum(losses * real) / ops.sum(real)


def right_4(logits, labels):
    """logsumexp minus the logit of the label."""
    right = ops.sum(ops.where(ops.one_hot(labels, logits.shape[-1], dtype="bool"), logits, 0.0), axis=-1)
    losses = ops.logsumexp(logits, axis=-1) - right
    real = ops.cast(ops.sign(labels), losses.dtype)
    return ops.sum(ops.where(real > 0, losses, 0.0)) / ops.sum(real)
