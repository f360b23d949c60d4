import math

import keras
import numpy as np
from keras import ops


def wrong_1(logits, labels, smoothing):
    """Spreads the share over the V - 1 wrong tokens only."""
    size = logits.shape[-1]
    hot = ops.one_hot(labels, size)
    target = (1 - smoothing) * hot + smoothing / (size - 1) * (1 - hot)
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_2(logits, labels, smoothing):
    """Gives the padding id no share: spreads over ids 1 to V - 1. Wrong on: an epsilon above 0."""
    size = logits.shape[-1]
    spread = np.full(size, 1 / (size - 1), "float32")
    spread[0] = 0
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing * ops.convert_to_tensor(spread)
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_3(logits, labels, smoothing):
    """Counts padding, too; wrong on almost any input."""
    size = logits.shape[-1]
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing / size
    return ops.mean(-ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1))


def wrong_4(logits, labels, smoothing):
    """Masks the sum, divides by B T; wrong on almost any input."""
    size = logits.shape[-1]
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing / size
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    return ops.mean(ops.where(ops.not_equal(labels, 0), loss, 0.0))


def wrong_5(logits, labels, smoothing):
    """Logarithm of a softmax: infinite or nan for large logits."""
    size = logits.shape[-1]
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing / size
    loss = -ops.sum(target * ops.log(ops.softmax(logits, axis=-1)), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_6(logits, labels, smoothing):
    """Adds the even share without taking it from the right token: the target sums to 1 + epsilon. Wrong on: an epsilon above 0."""
    size = logits.shape[-1]
    target = ops.one_hot(labels, size) + smoothing / size
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_7(logits, labels, smoothing):
    """Smooths the model's probabilities, not the target. Wrong on: an epsilon above 0."""
    size = logits.shape[-1]
    smooth = (1 - smoothing) * ops.softmax(logits, axis=-1) + smoothing / size
    loss = -ops.sum(ops.one_hot(labels, size) * ops.log(ops.maximum(smooth, 1e-37)), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_8(logits, labels, smoothing):
    """Ignores the argument: always 0.1."""
    size = logits.shape[-1]
    target = 0.9 * ops.one_hot(labels, size) + 0.1 / size
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_9(logits, labels, smoothing):
    """Takes the entropy of the target off (KL divergence); wrong unless epsilon is 0."""
    size = logits.shape[-1]
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing / size
    own = ops.sum(target * ops.log(ops.maximum(target, 1e-30)), axis=-1)
    loss = own - ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def wrong_10(logits, labels, smoothing):
    """The mean of the sentences' means; wrong when lengths differ."""
    size = logits.shape[-1]
    target = (1 - smoothing) * ops.one_hot(labels, size) + smoothing / size
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.mean(ops.sum(loss * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1.0))


def wrong_11(logits, labels, smoothing):
    """Shares swapped: epsilon for the right token, 1 - epsilon spread; wrong on almost any input."""
    size = logits.shape[-1]
    target = smoothing * ops.one_hot(labels, size) + (1 - smoothing) / size
    loss = -ops.sum(target * ops.log_softmax(logits, axis=-1), axis=-1)
    mask = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * mask) / ops.sum(mask)


def right_1(logits, labels, smoothing):
    """NumPy on the real tokens only."""
    z, y = np.asarray(logits).astype("float64"), np.asarray(labels)
    z, y = z[y != 0], y[y != 0]
    z = z - z.max(-1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(-1, keepdims=True))
    loss = -(1 - smoothing) * logs[np.arange(len(y)), y] - smoothing * logs.mean(axis=-1)
    return ops.convert_to_tensor(loss.mean().astype("float32"))


def right_2(logits, labels, smoothing):
    """logsumexp minus the mixed logits."""
    picked = ops.take_along_axis(logits, ops.expand_dims(labels, -1), axis=-1)[..., 0]
    mixed = (1 - smoothing) * picked + smoothing * ops.mean(logits, axis=-1)
    losses = ops.logsumexp(logits, axis=-1) - mixed
    real = labels > 0
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(ops.count_nonzero(labels), losses.dtype)


def right_3(logits, labels, smoothing):
    """Loops in pure Python."""
    total = count = 0.0
    for rows, targets in zip(np.asarray(logits).tolist(), np.asarray(labels).tolist()):
        for row, y in zip(rows, targets):
            if y:
                top = max(row)
                norm = top + math.log(sum(math.exp(z - top) for z in row))
                for v, z in enumerate(row):
                    q = (1 - smoothing) * (v == y) + smoothing / len(row)
                    total -= q * (z - norm)
                count += 1
    return ops.convert_to_tensor(total / count, dtype="float32")


def right_4(logits, labels, smoothing):
    """The loss of Keras with its own label smoothing, averaged by the mask."""
    hot = ops.one_hot(labels, logits.shape[-1])
    losses = keras.losses.categorical_crossentropy(hot, logits, from_logits=True, label_smoothing=smoothing)
    return ops.mean(losses[ops.not_equal(labels, 0)])
