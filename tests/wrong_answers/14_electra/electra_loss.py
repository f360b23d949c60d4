"""Wrong answers to `electra_loss` beside its mutants."""

import keras
import numpy as np
from keras import ops


def _mean(losses, counts):
    counts = ops.cast(counts, "float32")
    return ops.sum(losses * counts) / ops.sum(counts)


def _words(word_logits, labels):
    losses = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    return _mean(losses, labels != 0)


def _token_losses(logits, is_replaced):
    return ops.softplus(ops.where(is_replaced, -logits, logits))


def _tokens(logits, is_replaced, is_ordinary):
    return _mean(_token_losses(logits, is_replaced), is_ordinary)


def generator_missing__weight_too(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _tokens(logits, is_replaced, is_ordinary)


def words_asked_everywhere__at_ordinary_tokens(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    return _mean(losses, is_ordinary) + weight * _tokens(logits, is_replaced, is_ordinary)


def words_divided_by_all__ordinary_ones(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    words = ops.sum(losses * ops.cast(labels != 0, "float32")) / ops.sum(ops.cast(is_ordinary, "float32"))
    return words + weight * _tokens(logits, is_replaced, is_ordinary)


def sum_not_mean__of_words(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    words = ops.sum(losses * ops.cast(labels != 0, "float32"))
    return words + weight * _tokens(logits, is_replaced, is_ordinary)


def overflow__in_numpy(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    s = np.asarray(logits, "float32")
    probabilities = np.float32(1) / (1 + np.exp(-s))
    r = np.asarray(is_replaced)
    losses = -np.where(r, np.log(probabilities), np.log(1 - probabilities))
    return float(_words(word_logits, labels)) + weight * losses[np.asarray(is_ordinary)].mean()


def weight_forgotten__where_it_is_fifty(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + 1.0 * _tokens(logits, is_replaced, is_ordinary)


def weight_always_fifty(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + 50.0 * _tokens(logits, is_replaced, is_ordinary)


def average_of_the_two(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return (_words(word_logits, labels) + weight * _tokens(logits, is_replaced, is_ordinary)) / (1 + weight)


def real_tokens_alone(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    counts = ops.logical_and(is_ordinary, ops.logical_not(is_replaced))
    return _words(word_logits, labels) + weight * _tokens(logits, is_replaced, counts)


def squared_errors(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    errors = ops.square(ops.sigmoid(logits) - ops.cast(is_replaced, "float32"))
    return _words(word_logits, labels) + weight * _mean(errors, is_ordinary)


def a_hinge(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = ops.relu(1 + ops.where(is_replaced, -logits, logits))
    return _words(word_logits, labels) + weight * _mean(losses, is_ordinary)


def discriminator_subtracted(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) - weight * _tokens(logits, is_replaced, is_ordinary)


def a_loss_for_each_token(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = _token_losses(logits, is_replaced) * ops.cast(is_ordinary, "float32")
    return _words(word_logits, labels) + weight * losses


def in_bits(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return (_words(word_logits, labels) + weight * _tokens(logits, is_replaced, is_ordinary)) / ops.log(2.0)
