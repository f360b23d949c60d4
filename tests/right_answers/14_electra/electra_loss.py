"""Right answers to `electra_loss` in other styles."""

import math

import keras
import numpy as np
from keras import ops


def in_numpy(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    z, s = (np.asarray(array, "float64") for array in (word_logits, logits))
    labels, is_replaced, is_ordinary = map(np.asarray, (labels, is_replaced, is_ordinary))
    row, place = np.nonzero(labels)
    picked = z[row, place]
    words = np.logaddexp.reduce(picked, axis=-1) - picked[np.arange(len(row)), labels[row, place]]
    tokens = np.logaddexp(0, np.where(is_replaced, -s, s))[is_ordinary]
    return words.mean() + weight * tokens.mean()


def in_loops(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    words, tokens = [], []
    given = (np.asarray(array).tolist() for array in (word_logits, labels, logits, is_replaced, is_ordinary))
    for rows in zip(*given, strict=True):
        for z, label, s, replaced, ordinary in zip(*rows, strict=True):
            if label:
                words.append(max(z) + math.log(sum(math.exp(number - max(z)) for number in z)) - z[label])
            if ordinary:
                s = -s if replaced else s
                tokens.append(max(s, 0) + math.log1p(math.exp(-abs(s))))
    return sum(words) / len(words) + weight * sum(tokens) / len(tokens)


def by_keras_losses(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    words = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    answers = ops.cast(is_replaced, "float32")[..., None]
    tokens = keras.losses.binary_crossentropy(answers, logits[..., None], from_logits=True)

    def mean_where(counts, values):
        return ops.sum(ops.where(counts, values, 0.0)) / ops.sum(ops.cast(counts, "float32"))

    return mean_where(labels != 0, words) + weight * mean_where(is_ordinary, tokens)


def by_log_sigmoids(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    r, counts = ops.cast(is_replaced, "float32"), ops.cast(is_ordinary, "float32")
    tokens = -(r * ops.log_sigmoid(logits) + (1 - r) * ops.log_sigmoid(-logits))
    is_label = ops.one_hot(labels, word_logits.shape[-1]) * ops.cast(labels != 0, "float32")[..., None]
    words = -ops.sum(is_label * ops.log_softmax(word_logits)) / ops.sum(is_label)
    return words + weight * ops.sum(tokens * counts) / ops.sum(counts)


def as_two_classes(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    """The discriminator as a softmax over "real", with logit 0, and "replaced"."""
    both = ops.stack([ops.zeros_like(logits), logits], axis=-1)
    answers = ops.cast(is_replaced, "int32")
    losses = []
    for given, wanted, counts in (
        (word_logits, labels, labels != 0),
        (both, answers, is_ordinary),
    ):
        logs = ops.log_softmax(given)
        at = -ops.take_along_axis(logs, wanted[..., None], axis=-1)[..., 0]
        counts = ops.cast(counts, "float32")
        losses.append(ops.sum(at * counts) / ops.sum(counts))
    return losses[0] + losses[1] * weight
