"""Answers to pretraining_loss."""

import math

import keras
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _each(logits, labels):
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)


def _mean(loss, counts):
    """Mean of the losses that count, 0 if there is none."""
    counts = ops.cast(counts, loss.dtype)
    return ops.sum(loss * counts) / ops.maximum(ops.sum(counts), 1.0)


def _words(word_logits, word_labels):
    return _mean(_each(word_logits, word_labels), ops.not_equal(word_labels, 0))


def _pairs(pair_logits, pair_labels, has_pair):
    return _mean(_each(pair_logits, pair_labels), has_pair)


# --- right answers -----------------------------------------------------------------------------------


def right_1(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    word_loss = keras.losses.sparse_categorical_crossentropy(word_labels, word_logits, from_logits=True)
    pair_loss = keras.losses.sparse_categorical_crossentropy(pair_labels, pair_logits, from_logits=True)
    words = ops.cast(ops.not_equal(word_labels, 0), word_loss.dtype)
    pairs = ops.cast(has_pair, pair_loss.dtype)
    first = ops.sum(word_loss * words) / ops.maximum(ops.sum(words), 1.0)
    second = ops.sum(pair_loss * pairs) / ops.maximum(ops.sum(pairs), 1.0)
    return first + second


def right_2(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    z, y, s, f, has = (
        ops.convert_to_numpy(x) for x in (word_logits, word_labels, pair_logits, pair_labels, has_pair)
    )

    def loss(row, label):
        row = row.astype("float64")
        top = row.max()
        return top + math.log(np.exp(row - top).sum()) - row[label]

    words = [loss(z[b, m], y[b, m]) for b in range(y.shape[0]) for m in range(y.shape[1]) if y[b, m] != 0]
    pairs = [loss(s[b], f[b]) for b in range(f.shape[0]) if has[b]]
    total = 0.0
    for losses in (words, pairs):
        if losses:
            total += sum(losses) / len(losses)
    return ops.convert_to_tensor(total, dtype="float32")


def right_3(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    # log-softmax by hand; of two classes the loss is a softplus of their difference
    hit = ops.one_hot(word_labels, word_logits.shape[-1], dtype="float32")
    shifted = word_logits - ops.max(word_logits, axis=-1, keepdims=True)
    word_loss = ops.log(ops.sum(ops.exp(shifted), axis=-1)) - ops.sum(hit * shifted, axis=-1)
    gap = pair_logits[:, 1] - pair_logits[:, 0]
    x = ops.where(ops.equal(pair_labels, 1), -gap, gap)
    pair_loss = ops.maximum(x, 0.0) + ops.log1p(ops.exp(-ops.abs(x)))
    total = 0.0
    for loss, counts in ((word_loss, word_labels != 0), (pair_loss, has_pair)):
        number = ops.sum(ops.cast(counts, "float32"))
        together = ops.sum(ops.where(counts, loss, ops.zeros_like(loss)))
        total = total + ops.where(number > 0, together / ops.maximum(number, 1.0), 0.0)
    return total


def right_4(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    # the answers that count are picked out, then a plain mean
    classes = word_logits.shape[-1]
    y = np.array(ops.convert_to_numpy(word_labels)).reshape(-1)
    used = np.flatnonzero(y).astype("int32")
    paired = np.flatnonzero(ops.convert_to_numpy(has_pair)).astype("int32")

    def mean_loss(logits, labels):
        log_p = ops.log_softmax(logits, axis=-1)
        return -ops.mean(ops.take_along_axis(log_p, ops.cast(labels, "int32")[:, None], axis=1))

    loss = ops.zeros(())
    if used.size:
        rows = ops.take(ops.reshape(word_logits, (-1, classes)), used, axis=0)
        loss = loss + mean_loss(rows, ops.convert_to_tensor(y[used]))
    if paired.size:
        loss = loss + mean_loss(ops.take(pair_logits, paired, axis=0), ops.take(pair_labels, paired, axis=0))
    return loss


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """One mean over all answers of both questions. Wrong on: nearly everything."""
    words, pairs = _each(word_logits, word_labels), _each(pair_logits, pair_labels)
    used = ops.cast(ops.not_equal(word_labels, 0), words.dtype)
    paired = ops.cast(has_pair, pairs.dtype)
    total = ops.sum(words * used) + ops.sum(pairs * paired)
    return total / ops.maximum(ops.sum(used) + ops.sum(paired), 1.0)


def wrong_2(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """has_pair is not looked at. Wrong on: a sequence with one text alone."""
    return _words(word_logits, word_labels) + ops.mean(_each(pair_logits, pair_labels))


def wrong_3(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """No guard against a count of 0. Wrong on: a batch without hidden word, or without pair."""
    words, pairs = _each(word_logits, word_labels), _each(pair_logits, pair_labels)
    used = ops.cast(ops.not_equal(word_labels, 0), words.dtype)
    paired = ops.cast(has_pair, pairs.dtype)
    return ops.sum(words * used) / ops.sum(used) + ops.sum(pairs * paired) / ops.sum(paired)


def wrong_4(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Pairs with label 0 are left out like words of label 0. Wrong on: a true pair."""
    counts = ops.logical_and(has_pair, ops.not_equal(pair_labels, 0))
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, counts)


def wrong_5(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Hidden words of sequences without a pair do not count. Wrong on: has_pair False with hidden words."""
    counts = ops.logical_and(ops.not_equal(word_labels, 0), ops.expand_dims(has_pair, -1))
    return _mean(_each(word_logits, word_labels), counts) + _pairs(pair_logits, pair_labels, has_pair)


def wrong_6(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """The pairs' losses are divided by B. Wrong on: a sequence with one text alone."""
    pairs = _each(pair_logits, pair_labels) * ops.cast(has_pair, "float32")
    return _words(word_logits, word_labels) + ops.mean(pairs)


def wrong_7(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """The mean of the two parts, not their sum. Wrong on: everything with a loss above 0."""
    return (_words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, has_pair)) / 2


def wrong_8(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """The words' losses are divided by B M. Wrong on: unused places."""
    words = _each(word_logits, word_labels) * ops.cast(word_labels != 0, "float32")
    return ops.mean(words) + _pairs(pair_logits, pair_labels, has_pair)


def wrong_9(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Unused places count as words. Wrong on: unused places."""
    return ops.mean(_each(word_logits, word_labels)) + _pairs(pair_logits, pair_labels, has_pair)


def wrong_10(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """A mean of words per sequence, then over the sequences. Wrong on: unequally many hidden words."""
    words = _each(word_logits, word_labels)
    used = ops.cast(ops.not_equal(word_labels, 0), words.dtype)
    rows = ops.sum(words * used, axis=1) / ops.maximum(ops.sum(used, axis=1), 1.0)
    return ops.mean(rows) + _pairs(pair_logits, pair_labels, has_pair)


def wrong_11(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """softmax and then log: minus infinity. Wrong on: logits of hundreds."""

    def each(logits, labels):
        p = ops.softmax(logits, axis=-1)
        return -ops.log(ops.take_along_axis(p, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0])

    words = ops.where(ops.equal(word_labels, 0), 0.0, each(word_logits, word_labels))
    pairs = ops.where(has_pair, each(pair_logits, pair_labels), 0.0)
    n_words = ops.sum(ops.cast(ops.not_equal(word_labels, 0), "float32"))
    n_pairs = ops.sum(ops.cast(has_pair, "float32"))
    return ops.sum(words) / ops.maximum(n_words, 1.0) + ops.sum(pairs) / ops.maximum(n_pairs, 1.0)


def wrong_12(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """If one part has no answer, all is 0. Wrong on: a batch without hidden word, or without pair."""
    used, paired = ops.any(ops.not_equal(word_labels, 0)), ops.any(has_pair)
    loss = _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, has_pair)
    return ops.where(ops.logical_and(used, paired), loss, ops.zeros_like(loss))


def wrong_13(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Probabilities, with 1e-7 added, in place of logits. Wrong on: losses above 16."""

    def each(logits, labels):
        hits = ops.sum(ops.softmax(logits, axis=-1) * ops.one_hot(labels, logits.shape[-1]), axis=-1)
        return -ops.log(hits + 1e-7)

    words = _mean(each(word_logits, word_labels), ops.not_equal(word_labels, 0))
    return words + _mean(each(pair_logits, pair_labels), has_pair)


def wrong_14(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """1 is added to every count. Wrong on: everything with a loss above 0."""
    words, pairs = _each(word_logits, word_labels), _each(pair_logits, pair_labels)
    used = ops.cast(ops.not_equal(word_labels, 0), words.dtype)
    paired = ops.cast(has_pair, pairs.dtype)
    return ops.sum(words * used) / (ops.sum(used) + 1.0) + ops.sum(pairs * paired) / (ops.sum(paired) + 1.0)


def wrong_15(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """The pair's loss from the logit of class 1 alone (sigmoid). Wrong on: a logit of class 0 not 0."""
    x = pair_logits[:, 1]
    f = ops.cast(pair_labels, x.dtype)
    pairs = ops.maximum(x, 0.0) - x * f + ops.log1p(ops.exp(-ops.abs(x)))
    return _words(word_logits, word_labels) + _mean(pairs, has_pair)


def wrong_16(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """has_pair is read upside down. Wrong on: nearly everything."""
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, ops.logical_not(has_pair))


def wrong_17(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Zeroed logits of what does not count still add log V, log 2. Wrong on: unused places, no pair."""
    used = ops.cast(ops.not_equal(word_labels, 0), "float32")
    paired = ops.cast(has_pair, "float32")
    words = _each(word_logits * used[..., None], word_labels)
    pairs = _each(pair_logits * paired[..., None], pair_labels)
    first = ops.sum(words) / ops.maximum(ops.sum(used), 1.0)
    return first + ops.sum(pairs) / ops.maximum(ops.sum(paired), 1.0)


def wrong_18(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Counts the losses above 0. Wrong on: a sure answer, with a loss of exactly 0."""
    words = _each(word_logits, word_labels) * ops.cast(ops.not_equal(word_labels, 0), "float32")
    pairs = _each(pair_logits, pair_labels) * ops.cast(has_pair, "float32")
    n_words = ops.sum(ops.cast(words > 0, "float32"))
    n_pairs = ops.sum(ops.cast(pairs > 0, "float32"))
    return ops.sum(words) / ops.maximum(n_words, 1.0) + ops.sum(pairs) / ops.maximum(n_pairs, 1.0)


def wrong_19(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Pairs of sequences without a hidden word do not count. Wrong on: a row of zeros with a pair."""
    any_word = ops.any(ops.not_equal(word_labels, 0), axis=1)
    counts = ops.logical_and(has_pair, any_word)
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, counts)


def wrong_20(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """exp without taking off the largest logit: overflow. Wrong on: logits above 88."""

    def each(logits, labels):
        hit = ops.take_along_axis(logits, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
        return ops.log(ops.sum(ops.exp(logits), axis=-1)) - hit

    words = _mean(each(word_logits, word_labels), ops.not_equal(word_labels, 0))
    return words + _mean(each(pair_logits, pair_labels), has_pair)


def wrong_21(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """Label 1 is taken to say 'it follows': the pair's logits change places. Wrong on: nearly all pairs."""
    return _words(word_logits, word_labels) + _pairs(pair_logits, 1 - pair_labels, has_pair)


def wrong_22(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """A pair is where the filled-up labels say so: rows behind the last 1 fall away. Wrong on: late 0s."""
    ones = ops.cast(ops.equal(pair_labels, 1), "int32")
    behind = ops.flip(ops.cumsum(ops.flip(ones, axis=0), axis=0), axis=0)
    return _words(word_logits, word_labels) + _pairs(pair_logits, pair_labels, ops.greater(behind, 0))


def wrong_23(word_logits, word_labels, pair_logits, pair_labels, has_pair):
    """The sums of the losses, no means. Wrong on: more than one answer to a question."""
    words = ops.where(ops.equal(word_labels, 0), 0.0, _each(word_logits, word_labels))
    pairs = ops.where(has_pair, _each(pair_logits, pair_labels), 0.0)
    return ops.sum(words) + ops.sum(pairs)
