import math

import numpy as np
from keras import ops


def wrong_1(center, context, negatives):
    """Logarithm of a rounded sigmoid: infinite for scores of a hundred and more. Wrong on: such scores."""
    positive = ops.log(ops.sigmoid(ops.sum(center * context, axis=-1)))
    negative = ops.log(ops.sigmoid(-ops.einsum("bd,bkd->bk", center, negatives)))
    return -positive - ops.sum(negative, axis=-1)


def wrong_2(center, context, negatives):
    """Adds 1e-7 inside the logarithm: finite, but about 16 where a large score asks for hundreds."""
    positive = ops.log(ops.sigmoid(ops.sum(center * context, axis=-1)) + 1e-7)
    negative = ops.log(ops.sigmoid(-ops.einsum("bd,bkd->bk", center, negatives)) + 1e-7)
    return -positive - ops.sum(negative, axis=-1)


def wrong_3(center, context, negatives):
    """Averages over the noise words instead of summing; wrong from K = 2 on."""
    positive = ops.softplus(-ops.sum(center * context, axis=-1))
    negative = ops.softplus(ops.einsum("bd,bkd->bk", center, negatives))
    return positive + ops.mean(negative, axis=-1)


def wrong_4(center, context, negatives):
    """The sign of the noise scores is that of true neighbours; wrong on almost any input."""
    positive = ops.softplus(-ops.sum(center * context, axis=-1))
    negative = ops.softplus(-ops.einsum("bd,bkd->bk", center, negatives))
    return positive + ops.sum(negative, axis=-1)


def wrong_5(center, context, negatives):
    """Returns the mean of the batch, a scalar, not a loss for each pair; wrong on almost any input."""
    positive = ops.softplus(-ops.sum(center * context, axis=-1))
    negative = ops.softplus(ops.einsum("bd,bkd->bk", center, negatives))
    return ops.mean(positive + ops.sum(negative, axis=-1))


def wrong_6(center, context, negatives):
    """Compares the noise words with the neighbour's vector, not with the centre's; wrong on almost any input."""
    positive = ops.softplus(-ops.sum(center * context, axis=-1))
    negative = ops.softplus(ops.einsum("bd,bkd->bk", context, negatives))
    return positive + ops.sum(negative, axis=-1)


def wrong_7(center, context, negatives):
    """Sums the noise scores before the softplus; wrong from K = 2 on."""
    positive = ops.softplus(-ops.sum(center * context, axis=-1))
    score = ops.sum(ops.einsum("bd,bkd->bk", center, negatives), axis=-1)
    return positive + ops.softplus(score)


def wrong_8(center, context, negatives):
    """A softmax over neighbour and noise: the loss of another method; wrong on almost any input."""
    positive = ops.sum(center * context, axis=-1, keepdims=True)
    negative = ops.einsum("bd,bkd->bk", center, negatives)
    scores = ops.concatenate([positive, negative], axis=-1)
    return ops.logsumexp(scores, axis=-1) - positive[:, 0]


def wrong_9(center, context, negatives):
    """log(1 + exp(x)) by hand overflows to infinity for scores of a hundred. Wrong on: such scores."""
    positive = ops.log(1.0 + ops.exp(-ops.sum(center * context, axis=-1)))
    negative = ops.log(1.0 + ops.exp(ops.einsum("bd,bkd->bk", center, negatives)))
    return positive + ops.sum(negative, axis=-1)


def right_1(center, context, negatives):
    """NumPy, logaddexp, an array of float64."""
    c, o, n = (np.asarray(x).astype("float64") for x in (center, context, negatives))
    return np.logaddexp(0, -(c * o).sum(-1)) + np.logaddexp(0, (n @ c[:, :, None])[..., 0]).sum(-1)


def right_2(center, context, negatives):
    """Loops in pure Python with a softplus of its own."""

    def soft(x):
        return max(x, 0.0) + math.log1p(math.exp(-abs(x)))

    def dot(a, b):
        return sum(x * y for x, y in zip(a, b))

    losses = []
    for c, o, noise in zip(*(np.asarray(x).tolist() for x in (center, context, negatives))):
        losses.append(soft(-dot(c, o)) + sum(soft(dot(c, n)) for n in noise))
    return ops.convert_to_tensor(losses, dtype="float32")


def right_3(center, context, negatives):
    """Keras log_sigmoid on all scores at once, the true one's sign turned."""
    words = ops.concatenate([context[:, None, :], -negatives], axis=1)
    scores = ops.squeeze(ops.matmul(words, center[:, :, None]), axis=-1)
    return -ops.sum(ops.log_sigmoid(scores), axis=1)


def right_4(center, context, negatives):
    """The softplus as a maximum plus log1p."""
    x = -ops.einsum("bd,bd->b", center, context)
    y = ops.einsum("bkd,bd->bk", negatives, center)
    a = ops.relu(x) + ops.log1p(ops.exp(-ops.abs(x)))
    b = ops.relu(y) + ops.log1p(ops.exp(-ops.abs(y)))
    return a + ops.sum(b, axis=1)
