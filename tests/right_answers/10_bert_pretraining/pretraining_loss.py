"""Right answers to `pretraining_loss` in other styles."""

import math

import keras
import numpy as np
import tensorflow as tf
from keras import ops


def in_numpy(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def mean(logits, labels):
        logits = np.asarray(logits, "float64")
        if not len(labels):
            return 0.0
        return (np.logaddexp.reduce(logits, axis=-1) - logits[np.arange(len(labels)), labels]).mean()

    word_labels, pair_labels = np.asarray(word_labels), np.asarray(pair_labels)
    used, pairs = word_labels != 0, np.asarray(has_pair)
    words = mean(np.asarray(word_logits)[used], word_labels[used])
    return words + mean(np.asarray(pair_logits)[pairs], pair_labels[pairs])


def in_loops(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def loss(logits, label):
        highest = max(logits)
        return highest + math.log(sum(math.exp(number - highest) for number in logits)) - logits[label]

    given = (word_logits, word_labels, pair_logits, pair_labels, has_pair)
    word_losses, pair_losses = [], []
    for places, words, pair, follows, is_pair in zip(*(np.asarray(g).tolist() for g in given), strict=True):
        word_losses += [loss(place, word) for place, word in zip(places, words, strict=True) if word]
        if is_pair:
            pair_losses.append(loss(pair, follows))
    return sum(sum(losses) / len(losses) for losses in (word_losses, pair_losses) if losses)


def with_ignore_class(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    loss_of = keras.losses.sparse_categorical_crossentropy
    words = ops.sum(loss_of(word_labels, word_logits, from_logits=True, ignore_class=0))
    marked = ops.where(has_pair, pair_labels, -1)
    pairs = ops.sum(loss_of(marked, pair_logits, from_logits=True, ignore_class=-1))
    num_words = ops.cast(ops.count_nonzero(word_labels), "float32")
    return ops.divide_no_nan(words, num_words) + ops.divide_no_nan(
        pairs, ops.sum(ops.cast(has_pair, "float32"))
    )


def with_one_hot_labels(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def part(logits, labels, counts):
        is_label = (
            ops.one_hot(labels, logits.shape[-1], dtype="float32") * ops.cast(counts, "float32")[..., None]
        )
        return -ops.sum(is_label * ops.log_softmax(logits)) / (ops.sum(is_label) + 1e-6)

    return part(word_logits, word_labels, word_labels > 0) + part(pair_logits, pair_labels, has_pair)


def as_weights(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def weights(counts):
        counts = ops.cast(counts, "float32")
        return counts / ops.where(ops.any(counts > 0), ops.sum(counts), 1.0)

    def losses(labels, logits):
        return (
            ops.logsumexp(logits, axis=-1) - ops.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
        )

    words = ops.einsum("bm,bm->", losses(word_labels, word_logits), weights(word_labels != 0))
    return words + ops.dot(losses(pair_labels, pair_logits), weights(has_pair))


def the_pair_by_a_sigmoid(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    against = (pair_logits[:, 1] - pair_logits[:, 0]) * (1 - 2 * ops.cast(pair_labels, "float32"))
    pair_losses = ops.softplus(against)
    word_losses = -ops.take_along_axis(ops.log_softmax(word_logits), word_labels[..., None], axis=2)[..., 0]
    parts = (word_losses, word_labels != 0), (pair_losses, has_pair)
    return sum(ops.sum(ops.where(c, x, 0.0)) / max(int(ops.sum(ops.cast(c, "int32"))), 1) for x, c in parts)


def in_tensorflow(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits
    used = word_labels != 0
    loss = tf.constant(0.0)
    if tf.reduce_any(used):
        loss += tf.reduce_mean(losses(word_labels[used], word_logits[used]))
    if tf.reduce_any(has_pair):
        loss += tf.reduce_mean(losses(pair_labels[has_pair], pair_logits[has_pair]))
    return loss


def by_loss_objects(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    is_used, is_pair = ops.cast(word_labels != 0, "float32"), ops.cast(has_pair, "float32")
    words = loss(word_labels, word_logits, sample_weight=is_used) / ops.maximum(ops.sum(is_used), 1)
    return words + loss(pair_labels, pair_logits, sample_weight=is_pair) / ops.maximum(ops.sum(is_pair), 1)
