"""Right answers to `negative_sampling_loss` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(center, context, negatives):
    center, context, negatives = map(np.asarray, (center, context, negatives))
    positive = np.einsum("bd,bd->b", center, context)
    negative = (negatives @ center[:, :, None])[..., 0]
    return np.logaddexp(0, -positive) + np.logaddexp(0, negative).sum(1)


def logarithms_of_sigmoids(center, context, negatives):
    positive = ops.log_sigmoid(ops.einsum("bd,bd->b", center, context))
    negative = ops.log_sigmoid(-ops.sum(negatives * center[:, None, :], axis=2))
    return -(positive + ops.sum(negative, axis=1))


def all_scores_together(center, context, negatives):
    vectors = ops.concatenate([context[:, None], -negatives], axis=1)
    scores = ops.squeeze(ops.matmul(vectors, center[:, :, None]), axis=-1)
    return ops.sum(ops.softplus(-scores), axis=-1)


def in_loops(center, context, negatives):
    def softplus(x):
        return max(x, 0.0) + math.log1p(math.exp(-abs(x)))

    def dot(first, second):
        return sum(a * b for a, b in zip(first, second, strict=True))

    losses = []
    rows = zip(center.numpy().tolist(), context.numpy().tolist(), negatives.numpy().tolist(), strict=True)
    for vector, neighbour, noise in rows:
        loss = softplus(-dot(vector, neighbour))
        for other in noise:
            loss += softplus(dot(vector, other))
        losses.append(loss)
    return losses


def binary_cross_entropies(center, context, negatives):
    positive = ops.sum(center * context, axis=-1, keepdims=True)
    negative = ops.einsum("bkd,bd->bk", negatives, center)
    logits = ops.concatenate([positive, negative], axis=1)
    labels = ops.concatenate([ops.ones_like(positive), ops.zeros_like(negative)], axis=1)
    return ops.sum(ops.binary_crossentropy(labels, logits, from_logits=True), axis=1)
