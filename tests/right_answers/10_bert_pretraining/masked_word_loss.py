"""Right answers to `masked_word_loss` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(logits, positions, labels):
    logits, positions, labels = np.asarray(logits, "float64"), np.asarray(positions), np.asarray(labels)
    row, place = np.nonzero(labels)
    picked = logits[row, positions[row, place]]
    return (np.logaddexp.reduce(picked, axis=-1) - picked[np.arange(len(row)), labels[row, place]]).mean()


def in_loops(logits, positions, labels):
    losses = []
    for sequence, at, words in zip(
        *(np.asarray(given) for given in (logits, positions, labels)), strict=True
    ):
        for position, word in zip(at, words, strict=True):
            if word == 0:
                continue
            a = sequence[position].tolist()
            log_sum = max(a) + math.log(sum(math.exp(number - max(a)) for number in a))
            losses.append(log_sum - a[word])
    return sum(losses) / len(losses)


def losses_everywhere_first(logits, positions, labels):
    log_probabilities = ops.log_softmax(logits)
    gathered = ops.take_along_axis(log_probabilities, ops.expand_dims(positions, 2), axis=1)
    one_hot = ops.one_hot(labels, logits.shape[-1]) * ops.cast(labels > 0, "float32")[..., None]
    return -ops.sum(ops.where(one_hot > 0, gathered, 0.0)) / ops.sum(one_hot)


def flattened(logits, positions, labels):
    batch, length, words = logits.shape
    rows = ops.reshape(ops.arange(batch, dtype="int32")[:, None] * length + positions, (-1,))
    labels = ops.reshape(labels, (-1,))
    a = ops.take(ops.reshape(logits, (-1, words)), rows, axis=0)
    a = a - ops.max(a, axis=-1, keepdims=True)
    losses = ops.log(ops.sum(ops.exp(a), axis=-1)) - ops.take_along_axis(a, labels[:, None], axis=1)[:, 0]
    return ops.sum(ops.where(labels == 0, 0.0, losses)) / ops.cast(ops.count_nonzero(labels), "float32")


def sequence_by_sequence(logits, positions, labels):
    total, count = 0.0, 0.0
    for sequence, at, words in zip(logits, positions, labels, strict=True):
        a = ops.take(sequence, at, axis=0)
        losses = ops.logsumexp(a, axis=-1) - ops.take_along_axis(a, words[:, None], axis=-1)[:, 0]
        weight = ops.cast(ops.not_equal(words, 0), "float32")
        total, count = total + ops.sum(weight * losses), count + ops.sum(weight)
    return total / count
