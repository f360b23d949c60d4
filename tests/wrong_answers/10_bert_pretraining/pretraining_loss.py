"""Wrong answers to `pretraining_loss` beside its mutants."""

import keras
import numpy as np
from keras import ops


def _losses(labels, logits, **options):
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True, **options)


def _count(counts):
    return ops.maximum(ops.sum(ops.cast(counts, "float32")), 1.0)


def _mean(losses, counts):
    return ops.sum(losses * ops.cast(counts, losses.dtype)) / _count(counts)


def _words(word_logits, word_labels):
    return _mean(_losses(word_labels, word_logits), word_labels != 0)


def _softmax(logits):
    """By hand: Keras undoes a softmax of its own in front of a loss of its own."""
    return ops.exp(ops.log_softmax(logits))


def _pairs(pair_logits, pair_labels, has_pair):
    return _mean(_losses(pair_labels, pair_logits), has_pair)


def pair_label_zero_ignored__by_ignore_class(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    pair_losses = _losses(pair_labels, pair_logits, ignore_class=0)
    return _words(word_logits, word_labels) + _mean(pair_losses, has_pair)


def pair_label_zero_ignored__and_a_mean(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    pair_losses = _losses(pair_labels, pair_logits, ignore_class=0)
    return _words(word_logits, word_labels) + ops.mean(pair_losses)


def pair_label_zero_ignored__by_weights_of_labels(
    word_logits, word_labels, pair_logits, pair_labels, has_pair
):
    pair_losses = _losses(pair_labels, pair_logits) * ops.cast(pair_labels, "float32")
    return _words(word_logits, word_labels) + _mean(pair_losses, has_pair)


def pair_label_zero_ignored__and_nothing_left(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    loss = 0.0
    for logits, labels in ((word_logits, word_labels), (pair_logits, pair_labels)):
        counts = ops.cast(labels != 0, "float32")
        loss += ops.sum(_losses(labels, logits) * counts) / ops.sum(counts)
    return loss


def pair_label_zero_ignored__in_loops(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def mean(logits, labels):
        logits, labels = np.asarray(logits, "float64"), np.asarray(labels)
        logits, labels = logits[labels != 0], labels[labels != 0]
        losses = np.logaddexp.reduce(logits, axis=-1) - logits[np.arange(len(labels)), labels]
        return sum(losses.tolist()) / len(labels)

    return mean(word_logits, word_labels) + mean(pair_logits, pair_labels)


def nothing_to_divide_by__in_the_words_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used = ops.cast(word_labels != 0, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used) / ops.sum(is_used)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def nothing_to_divide_by__means_of_selections(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    word_losses = np.asarray(_losses(word_labels, word_logits))[np.asarray(word_labels) != 0]
    pair_losses = np.asarray(_losses(pair_labels, pair_logits))[np.asarray(has_pair)]
    return word_losses.mean() + pair_losses.mean()


def nothing_to_divide_by__as_an_error(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    word_losses = np.asarray(_losses(word_labels, word_logits))[np.asarray(word_labels) != 0].tolist()
    pair_losses = np.asarray(_losses(pair_labels, pair_logits))[np.asarray(has_pair)].tolist()
    return sum(word_losses) / len(word_losses) + sum(pair_losses) / len(pair_losses)


def one_lacking_drops_both__without_pairs(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    if not ops.any(has_pair):
        return ops.zeros(())
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, has_pair)


def one_lacking_drops_both__nan_made_zero(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used, is_pair = ops.cast(word_labels != 0, "float32"), ops.cast(has_pair, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used) / ops.sum(is_used)
    loss = words + ops.sum(_losses(pair_labels, pair_logits) * is_pair) / ops.sum(is_pair)
    return ops.where(ops.isnan(loss), 0.0, loss)


def mean_of_means__of_sequences(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used = ops.cast(word_labels != 0, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used, axis=1)
    words /= ops.maximum(ops.sum(is_used, axis=1), 1.0)
    return ops.mean(words + _losses(pair_labels, pair_logits) * ops.cast(has_pair, "float32"))


def mean_of_means__of_sequences_with_hidden_words(
    word_logits, word_labels, pair_logits, pair_labels, has_pair
):
    is_used = ops.cast(word_labels != 0, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used, axis=1)
    words /= ops.maximum(ops.sum(is_used, axis=1), 1.0)
    return _mean(words, ops.any(is_used > 0, axis=1)) + _pairs(pair_logits, pair_labels, has_pair)


def logits_times_mask__and_a_mean(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    masked = word_logits * ops.cast(word_labels != 0, "float32")[:, :, None]
    return ops.mean(_losses(word_labels, masked)) + _pairs(pair_logits, pair_labels, has_pair)


def softmax_twice__of_the_pairs_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) + _pairs(_softmax(pair_logits), pair_labels, has_pair)


def softmax_twice__of_the_words_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(_softmax(word_logits), word_labels) + _pairs(pair_logits, pair_labels, has_pair)


def logits_taken_for_probabilities__of_the_pairs_alone(
    word_logits, word_labels, pair_logits, pair_labels, has_pair
):
    pair_losses = keras.losses.sparse_categorical_crossentropy(pair_labels, pair_logits)
    return _words(word_logits, word_labels) + _mean(pair_losses, has_pair)


def in_bits__the_words_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = _words(word_logits, word_labels) / ops.log(2.0)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def overflow__of_the_pairs_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    at_label = ops.take_along_axis(pair_logits, pair_labels[:, None], axis=1)[:, 0]
    pair_losses = ops.log(ops.sum(ops.exp(pair_logits), axis=1)) - at_label
    pair_losses = ops.where(has_pair, pair_losses, 0.0)
    return _words(word_logits, word_labels) + ops.sum(pair_losses) / _count(has_pair)


def overflow__of_a_probability(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def losses(labels, logits):
        probabilities = ops.softmax(logits, axis=-1)
        return -ops.log(ops.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0])

    words = _mean(losses(word_labels, word_logits), word_labels != 0)
    return words + _mean(losses(pair_labels, pair_logits), has_pair)


def pairs_divided_by_words__where_they_count(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_pair = ops.cast(has_pair, "float32")
    pairs = ops.sum(_losses(pair_labels, pair_logits) * is_pair) / _count(word_labels != 0)
    return _words(word_logits, word_labels) + pairs


def probabilities_kept_from_zero(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    def losses(labels, logits):
        probabilities = ops.softmax(logits, axis=-1)
        return -ops.log(ops.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0] + 1e-7)

    words = _mean(losses(word_labels, word_logits), word_labels != 0)
    return words + _mean(losses(pair_labels, pair_logits), has_pair)


def words_without_label_one(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = _mean(_losses(word_labels, word_logits), word_labels > 1)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def first_places_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used = ops.cumprod(ops.cast(word_labels != 0, "float32"), axis=1)
    words = _mean(_losses(word_labels, word_logits), is_used)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def two_sigmoids(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    targets = ops.one_hot(pair_labels, 2)
    pair_losses = ops.mean(ops.softplus(pair_logits) - targets * pair_logits, axis=1)
    return _words(word_logits, word_labels) + _mean(pair_losses, has_pair)


def the_second_logit_alone(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    drawn = pair_logits[:, 1]
    pair_losses = ops.softplus(drawn) - ops.cast(pair_labels, "float32") * drawn
    return _words(word_logits, word_labels) + _mean(pair_losses, has_pair)


def signs_flipped(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return -_words(word_logits, word_labels) - _pairs(pair_logits, pair_labels, has_pair)


def difference(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) - _pairs(pair_logits, pair_labels, has_pair)


def product(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) * _pairs(pair_logits, pair_labels, has_pair)


def pair_with_a_weight(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) + 0.5 * _pairs(pair_logits, pair_labels, has_pair)


def one_answer_more_in_the_count(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used, is_pair = ops.cast(word_labels != 0, "float32"), ops.cast(has_pair, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used) / (ops.sum(is_used) + 1)
    return words + ops.sum(_losses(pair_labels, pair_logits) * is_pair) / (ops.sum(is_pair) + 1)


def both_apart(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels), _pairs(pair_logits, pair_labels, has_pair)


def a_loss_of_each_sequence(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used, is_pair = ops.cast(word_labels != 0, "float32"), ops.cast(has_pair, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used, axis=1)
    words /= ops.maximum(ops.sum(is_used, axis=1), 1.0)
    return words + _losses(pair_labels, pair_logits) * is_pair
