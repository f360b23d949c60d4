"""Wrong answers to `pretraining_loss`, each named after the mistake it makes."""

import keras
from keras import ops


def _losses(labels, logits, **options):
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True, **options)


def _sum(losses, counts):
    return ops.sum(losses * ops.cast(counts, losses.dtype))


def _count(counts):
    return ops.maximum(ops.sum(ops.cast(counts, "float32")), 1.0)


def _mean(losses, counts):
    return _sum(losses, counts) / _count(counts)


def _words(word_logits, word_labels):
    return _mean(_losses(word_labels, word_logits), word_labels != 0)


def _pairs(pair_logits, pair_labels, has_pair):
    return _mean(_losses(pair_labels, pair_logits), has_pair)


def pair_label_zero_ignored(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    loss = 0.0
    for logits, labels in ((word_logits, word_labels), (pair_logits, pair_labels)):
        loss += _mean(_losses(labels, logits), labels != 0)
    return loss


def single_texts_judged(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) + ops.mean(_losses(pair_labels, pair_logits))


def pairs_divided_by_sequences(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    losses = _losses(pair_labels, pair_logits) * ops.cast(has_pair, "float32")
    return _words(word_logits, word_labels) + ops.mean(losses)


def pairs_divided_by_words(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    total = _sum(_losses(word_labels, word_logits), word_labels != 0)
    total += _sum(_losses(pair_labels, pair_logits), has_pair)
    return total / _count(word_labels != 0)


def one_mean_for_both(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    parts = [ops.reshape(_losses(word_labels, word_logits), (-1,)), _losses(pair_labels, pair_logits)]
    counts = [ops.reshape(word_labels != 0, (-1,)), has_pair]
    return _mean(ops.concatenate(parts), ops.concatenate(counts))


def mean_of_the_two(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    parts = [_words(word_logits, word_labels), _pairs(pair_logits, pair_labels, has_pair)]
    return ops.mean(ops.stack(parts))


def pairs_missing(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels)


def words_missing(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _pairs(pair_logits, pair_labels, has_pair)


def words_of_single_texts_left_out(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    counts = ops.logical_and(word_labels != 0, has_pair[:, None])
    words = _mean(_losses(word_labels, word_logits), counts)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def pairs_without_hidden_words_left_out(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    counts = ops.logical_and(has_pair, ops.any(word_labels != 0, axis=1))
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, counts)


def one_lacking_drops_both(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    if not ops.any(word_labels != 0):
        return ops.zeros(())
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, has_pair)


def nothing_to_divide_by(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used, is_pair = ops.cast(word_labels != 0, "float32"), ops.cast(has_pair, "float32")
    words = ops.sum(_losses(word_labels, word_logits) * is_used) / ops.sum(is_used)
    return words + ops.sum(_losses(pair_labels, pair_logits) * is_pair) / ops.sum(is_pair)


def unused_places_counted(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return ops.mean(_losses(word_labels, word_logits)) + _pairs(pair_logits, pair_labels, has_pair)


def words_divided_by_places(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = ops.mean(_losses(word_labels, word_logits, ignore_class=0))
    return words + _pairs(pair_logits, pair_labels, has_pair)


def words_divided_by_sequences(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = _sum(_losses(word_labels, word_logits), word_labels != 0) / word_logits.shape[0]
    return words + _pairs(pair_logits, pair_labels, has_pair)


def mean_of_means(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    is_used = ops.cast(word_labels != 0, "float32")
    sums = ops.sum(_losses(word_labels, word_logits) * is_used, axis=1)
    words = ops.mean(sums / ops.maximum(ops.sum(is_used, axis=1), 1.0))
    return words + _pairs(pair_logits, pair_labels, has_pair)


def word_losses_summed(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = _sum(_losses(word_labels, word_logits), word_labels != 0)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def pair_losses_summed(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) + _sum(_losses(pair_labels, pair_logits), has_pair)


def logits_times_mask(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    masked = word_logits * ops.cast(word_labels != 0, "float32")[:, :, None]
    words = ops.sum(_losses(word_labels, masked)) / _count(word_labels != 0)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def labels_one_too_small(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    words = _mean(_losses(ops.maximum(word_labels - 1, 0), word_logits), word_labels != 0)
    return words + _pairs(pair_logits, pair_labels, has_pair)


def pair_classes_swapped(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    return _words(word_logits, word_labels) + _pairs(pair_logits, 1 - pair_labels, has_pair)


def softmax_twice(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    # By hand: Keras finds out where its own softmax has made what its own loss is given, and undoes it.
    words, pairs = ops.exp(ops.log_softmax(word_logits)), ops.exp(ops.log_softmax(pair_logits))
    return _words(words, word_labels) + _pairs(pairs, pair_labels, has_pair)


def logits_taken_for_probabilities(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    cross_entropy = keras.losses.sparse_categorical_crossentropy
    words = _mean(cross_entropy(word_labels, word_logits), word_labels != 0)
    return words + _mean(cross_entropy(pair_labels, pair_logits), has_pair)


def in_bits(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    both = _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, has_pair)
    return both / ops.log(2.0)


def overflow(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    parts = []
    for logits, labels, counts in (
        (word_logits, word_labels, word_labels != 0),
        (pair_logits, pair_labels, has_pair),
    ):
        at_label = ops.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
        losses = ops.log(ops.sum(ops.exp(logits), axis=-1)) - at_label
        parts.append(_mean(losses, counts))
    return parts[0] + parts[1]
