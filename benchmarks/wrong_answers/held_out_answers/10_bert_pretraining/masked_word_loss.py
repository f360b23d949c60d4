"""Answers to masked_word_loss."""

import math

import keras
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _pick(logits, positions):
    return ops.take_along_axis(logits, ops.cast(positions, "int32")[:, :, None], axis=1)


def _cross_entropy(logits, labels):
    """Loss of every label (…), of logits (…, V)."""
    log_p = ops.log_softmax(logits, axis=-1)
    return -ops.take_along_axis(log_p, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]


def _masked_mean(loss, used):
    used = ops.cast(used, loss.dtype)
    return ops.sum(loss * used) / ops.sum(used)


# --- right answers -----------------------------------------------------------------------------------


def right_1(logits, positions, labels):
    chosen = ops.take_along_axis(logits, ops.expand_dims(positions, -1), axis=1)
    loss = keras.losses.sparse_categorical_crossentropy(labels, chosen, from_logits=True)
    used = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    return ops.sum(loss * used) / ops.sum(used)


def right_2(logits, positions, labels):
    a = ops.convert_to_numpy(logits).astype("float64")
    p, y = ops.convert_to_numpy(positions), ops.convert_to_numpy(labels)
    losses = []
    for b, m in zip(*np.nonzero(y)):
        row = a[b, p[b, m]]
        top = row.max()
        losses.append(top + math.log(np.exp(row - top).sum()) - row[y[b, m]])
    return ops.convert_to_tensor(sum(losses) / len(losses), dtype="float32")


def right_3(logits, positions, labels):
    # labels are brought to their positions; places not used add nothing
    length, vocabulary = logits.shape[1], logits.shape[2]
    where = ops.one_hot(positions, length, dtype="int32")
    dense = ops.sum(where * ops.cast(labels, "int32")[:, :, None], axis=1)
    used = ops.cast(dense > 0, "float32")
    target = ops.one_hot(dense, vocabulary, dtype="float32")
    top = ops.stop_gradient(ops.max(logits, axis=-1, keepdims=True))
    shifted = logits - top
    log_sum = ops.log(ops.sum(ops.exp(shifted), axis=-1))
    loss = log_sum - ops.sum(target * shifted, axis=-1)
    return ops.sum(ops.where(used > 0, loss, ops.zeros_like(loss))) / ops.sum(used)


def right_4(logits, positions, labels):
    # only the used places, in one list
    batch, length, vocabulary = logits.shape
    y = np.array(ops.convert_to_numpy(labels)).reshape(-1)
    p = np.array(ops.convert_to_numpy(positions)).reshape(-1)
    b = np.repeat(np.arange(batch), labels.shape[1])
    used = np.flatnonzero(y)
    rows = ops.reshape(logits, (-1, vocabulary))
    rows = ops.take(rows, ops.convert_to_tensor((b * length + p)[used].astype("int32")), axis=0)
    log_p = ops.log_softmax(rows, axis=-1)
    hit = ops.take_along_axis(log_p, ops.convert_to_tensor(y[used].astype("int32"))[:, None], axis=1)
    return -ops.mean(hit)


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(logits, positions, labels):
    """The mean is over all B M places. Wrong on: batches with unused places."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    return ops.mean(loss * ops.cast(ops.not_equal(labels, 0), loss.dtype))


def wrong_2(logits, positions, labels):
    """Unused places count as words of label 0. Wrong on: batches with unused places."""
    return ops.mean(_cross_entropy(_pick(logits, positions), labels))


def wrong_3(logits, positions, labels):
    """A mean per sequence, then over the sequences. Wrong on: rows with unequally many hidden words."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    used = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    per_row = ops.sum(loss * used, axis=1) / ops.maximum(ops.sum(used, axis=1), 1.0)
    return ops.mean(per_row)


def wrong_4(logits, positions, labels):
    """softmax, then log: 0 underflows to minus infinity. Wrong on: logits of hundreds."""
    p = ops.softmax(_pick(logits, positions), axis=-1)
    hit = ops.take_along_axis(p, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
    used = ops.not_equal(labels, 0)
    loss = ops.where(used, -ops.log(hit), 0.0)
    return ops.sum(loss) / ops.sum(ops.cast(used, "float32"))


def wrong_5(logits, positions, labels):
    """exp without taking off the largest: overflow. Wrong on: logits above 88."""
    a = _pick(logits, positions)
    log_sum = ops.log(ops.sum(ops.exp(a), axis=-1))
    hit = ops.take_along_axis(a, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
    return _masked_mean(log_sum - hit, ops.not_equal(labels, 0))


def wrong_6(logits, positions, labels):
    """Probabilities are clipped at 1e-7. Wrong on: hidden words with a loss above 16."""
    p = ops.clip(ops.softmax(_pick(logits, positions), axis=-1), 1e-7, 1.0)
    hit = ops.take_along_axis(p, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
    return _masked_mean(-ops.log(hit), ops.not_equal(labels, 0))


def wrong_7(logits, positions, labels):
    """Unused is where the position is 0, not the label. Wrong on: words at 0, unused places elsewhere."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    used = ops.cast(ops.not_equal(positions, 0), loss.dtype)
    return ops.sum(loss * used) / ops.maximum(ops.sum(used), 1.0)


def wrong_8(logits, positions, labels):
    """Hidden words are thought to come first, unused places behind. Wrong on: places in another order."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    count = ops.sum(ops.cast(ops.not_equal(labels, 0), "int32"), axis=1, keepdims=True)
    front = ops.arange(labels.shape[1], dtype="int32")[None] < count
    return _masked_mean(loss, front)


def wrong_9(logits, positions, labels):
    """Labels are written to their places one by one: a 0 wipes out a word. Wrong on: shared places."""
    y, p = ops.convert_to_numpy(labels), ops.convert_to_numpy(positions)
    dense = np.zeros(logits.shape[:2], dtype="int32")
    for b in range(y.shape[0]):
        for m in range(y.shape[1]):
            dense[b, p[b, m]] = y[b, m]
    dense = ops.convert_to_tensor(dense)
    loss = _cross_entropy(logits, dense)
    used = ops.cast(ops.not_equal(dense, 0), loss.dtype)
    return ops.sum(loss * used) / ops.maximum(ops.sum(used), 1.0)


def wrong_10(logits, positions, labels):
    """The positions are not looked at: the first M are read. Wrong on: nearly everything."""
    first = ops.minimum(ops.arange(labels.shape[1]), logits.shape[1] - 1)
    loss = _cross_entropy(ops.take(logits, first, axis=1), labels)
    return _masked_mean(loss, ops.not_equal(labels, 0))


def wrong_11(logits, positions, labels):
    """The first sequence's positions serve for all. Wrong on: rows with other positions."""
    loss = _cross_entropy(ops.take(logits, positions[0], axis=1), labels)
    return _masked_mean(loss, ops.not_equal(labels, 0))


def wrong_12(logits, positions, labels):
    """The sum, not the mean. Wrong on: more than one hidden word."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    return ops.sum(ops.where(ops.equal(labels, 0), ops.zeros_like(loss), loss))


def wrong_13(logits, positions, labels):
    """The largest of the whole tensor is taken off: a low row becomes log 0. Wrong on: -900 beside 900."""
    a = _pick(logits, positions)
    a = a - ops.max(logits)
    log_sum = ops.log(ops.sum(ops.exp(a), axis=-1))
    hit = ops.take_along_axis(a, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
    used = ops.not_equal(labels, 0)
    return ops.sum(ops.where(used, log_sum - hit, 0.0)) / ops.sum(ops.cast(used, "float32"))


def wrong_14(logits, positions, labels):
    """Bits, not nats. Wrong on: everything with a loss above 0."""
    loss = _cross_entropy(_pick(logits, positions), labels) / math.log(2.0)
    return _masked_mean(loss, ops.not_equal(labels, 0))


def wrong_15(logits, positions, labels):
    """The number of words is the number of losses that are not 0. Wrong on: a word with a loss of 0."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    loss = loss * ops.cast(ops.not_equal(labels, 0), loss.dtype)
    count = ops.sum(ops.cast(ops.not_equal(loss, 0.0), loss.dtype))
    return ops.sum(loss) / ops.maximum(count, 1.0)


def wrong_16(logits, positions, labels):
    """Word 0 is left out of the softmax. Wrong on: everything (more so with a high logit of word 0)."""
    a = _pick(logits, positions)[:, :, 1:]
    loss = _cross_entropy(a, ops.maximum(labels - 1, 0))
    return _masked_mean(loss, ops.not_equal(labels, 0))


def wrong_17(logits, positions, labels):
    """The sign is lost: mean of the log-likelihood. Wrong on: everything with a loss above 0."""
    log_p = ops.log_softmax(_pick(logits, positions), axis=-1)
    hit = ops.sum(log_p * ops.one_hot(labels, logits.shape[-1]), axis=-1)
    return _masked_mean(hit, ops.not_equal(labels, 0))


def wrong_18(logits, positions, labels):
    """Divides by the number of sequences. Wrong on: hidden words not as many as sequences."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    total = ops.sum(loss * ops.cast(labels > 0, loss.dtype))
    return total / ops.cast(ops.shape(labels)[0], loss.dtype)


def wrong_19(logits, positions, labels):
    """Softmax over the places, not over the words. Wrong on: everything."""
    log_p = ops.log_softmax(_pick(logits, positions), axis=1)
    hit = ops.take_along_axis(log_p, ops.cast(labels, "int32")[..., None], axis=-1)[..., 0]
    return _masked_mean(-hit, ops.not_equal(labels, 0))


def wrong_20(logits, positions, labels):
    """A mean of every row, weighted: a row without words is 0 / 0. Wrong on: a row without hidden words."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    used = ops.cast(ops.not_equal(labels, 0), loss.dtype)
    rows = ops.sum(loss * used, axis=1) / ops.sum(used, axis=1)
    weight = ops.sum(used, axis=1) / ops.sum(used)
    return ops.sum(rows * weight)


def wrong_21(logits, positions, labels):
    """Places that share a position are counted once, as unused. Wrong on: an unused place on a word's."""
    loss = _cross_entropy(_pick(logits, positions), labels)
    same = ops.equal(positions[:, :, None], positions[:, None, :])
    alone = ops.equal(ops.sum(ops.cast(same, "int32"), axis=-1), 1)
    used = ops.cast(ops.logical_and(alone, ops.not_equal(labels, 0)), loss.dtype)
    return ops.sum(loss * used) / ops.maximum(ops.sum(used), 1.0)


def wrong_22(logits, positions, labels):
    """The loss is read at the place before, as with the next token. Wrong on: nearly everything."""
    places = ops.maximum(positions - 1, 0)
    loss = _cross_entropy(_pick(logits, places), labels)
    return _masked_mean(loss, ops.not_equal(labels, 0))
