"""Wrong answers to `electra_loss`, each named after the mistake it makes."""

import keras
from keras import ops


def _word_losses(word_logits, labels):
    at_label = ops.take_along_axis(word_logits, labels[:, :, None], axis=-1)[:, :, 0]
    return ops.logsumexp(word_logits, axis=-1) - at_label


def _token_losses(logits, is_replaced):
    return ops.softplus(ops.where(is_replaced, -logits, logits))


def _mean(losses, counts):
    counts = ops.cast(counts, "float32")
    return ops.sum(losses * counts) / ops.sum(counts)


def _words(word_logits, labels):
    return _mean(_word_losses(word_logits, labels), labels != 0)


def _tokens(logits, is_replaced, is_ordinary):
    return _mean(_token_losses(logits, is_replaced), is_ordinary)


def weight_forgotten(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + _tokens(logits, is_replaced, is_ordinary)


def weight_on_the_generator(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return weight * _words(word_logits, labels) + _tokens(logits, is_replaced, is_ordinary)


def weight_on_both(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return weight * (_words(word_logits, labels) + _tokens(logits, is_replaced, is_ordinary))


def generator_missing(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return weight * _tokens(logits, is_replaced, is_ordinary)


def discriminator_missing(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels)


def hidden_alone_judged(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + weight * _tokens(logits, is_replaced, labels != 0)


def replaced_alone_judged(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + weight * _tokens(logits, is_replaced, is_replaced)


def all_tokens_judged(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.binary_crossentropy(
        ops.cast(is_replaced, "float32")[..., None], logits[..., None], from_logits=True
    )
    return _words(word_logits, labels) + weight * ops.mean(losses)


def judged_divided_by_all(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = _token_losses(logits, is_replaced) * ops.cast(is_ordinary, "float32")
    return _words(word_logits, labels) + weight * ops.mean(losses)


def hidden_called_replaced(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + weight * _tokens(logits, labels != 0, is_ordinary)


def flags_inverted(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + weight * _tokens(-logits, is_replaced, is_ordinary)


def words_asked_everywhere(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.sparse_categorical_crossentropy(labels, word_logits, from_logits=True)
    return ops.mean(losses) + weight * _tokens(logits, is_replaced, is_ordinary)


def words_of_replaced_alone(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    words = _mean(_word_losses(word_logits, labels), is_replaced)
    return words + weight * _tokens(logits, is_replaced, is_ordinary)


def words_divided_by_all(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = _word_losses(word_logits, labels) * ops.cast(labels != 0, "float32")
    return ops.mean(losses) + weight * _tokens(logits, is_replaced, is_ordinary)


def mean_of_means(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    counts = ops.cast(is_ordinary, "float32")
    by_sequence = ops.sum(_token_losses(logits, is_replaced) * counts, axis=1) / ops.sum(counts, axis=1)
    return _words(word_logits, labels) + weight * ops.mean(by_sequence)


def sum_not_mean(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    tokens = ops.sum(_token_losses(logits, is_replaced) * ops.cast(is_ordinary, "float32"))
    return _words(word_logits, labels) + weight * tokens


def sigmoid_twice(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    return _words(word_logits, labels) + weight * _tokens(ops.sigmoid(logits), is_replaced, is_ordinary)


def softmax_twice(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    words = _words(ops.softmax(word_logits), labels)
    return words + weight * _tokens(logits, is_replaced, is_ordinary)


def logits_taken_for_probabilities(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = keras.losses.binary_crossentropy(ops.cast(is_replaced, "float32")[..., None], logits[..., None])
    return _words(word_logits, labels) + weight * _mean(losses, is_ordinary)


def overflow(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    losses = ops.log(1 + ops.exp(ops.where(is_replaced, -logits, logits)))
    return _words(word_logits, labels) + weight * _mean(losses, is_ordinary)
