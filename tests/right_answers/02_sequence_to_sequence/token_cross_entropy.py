"""Right answers to `token_cross_entropy` in other styles."""

import math

import keras
import numpy as np
from keras import ops


def in_numpy(logits, labels):
    logits, labels = np.asarray(logits, "float64"), np.asarray(labels)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    rows, columns = np.nonzero(labels)
    return -log_probabilities[rows, columns, labels[rows, columns]].mean()


def in_loops(logits, labels):
    losses = []
    for rows, tokens in zip(logits.numpy().tolist(), labels.numpy().tolist(), strict=True):
        for row, token in zip(rows, tokens, strict=True):
            if token:
                largest = max(row)
                losses.append(largest + math.log(sum(math.exp(a - largest) for a in row)) - row[token])
    return sum(losses) / len(losses)


def one_hot_labels(logits, labels):
    log_probabilities = ops.log_softmax(logits, axis=-1)
    wanted = ops.one_hot(labels, logits.shape[-1]) * ops.cast(labels != 0, "float32")[..., None]
    return -ops.sum(wanted * log_probabilities) / ops.sum(wanted)


def keras_loss_by_weights(logits, labels):
    losses = ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    return ops.average(losses, weights=ops.cast(labels > 0, "float32"))


def keras_loss_that_ignores_a_class(logits, labels):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0, reduction="sum")
    return loss(labels, logits) / ops.sum(ops.cast(labels != 0, "float32"))


def real_positions_taken_out(logits, labels):
    keep = np.flatnonzero(labels)
    logits = ops.take(ops.reshape(logits, (-1, logits.shape[-1])), keep, axis=0)
    labels = ops.take(ops.reshape(labels, (-1,)), keep)
    chosen = ops.take_along_axis(ops.log_softmax(logits), labels[:, None], axis=1)
    return -ops.mean(chosen)
