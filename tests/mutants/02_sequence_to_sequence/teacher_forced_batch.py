"""Wrong answers to `teacher_forced_batch`, each named after the mistake it makes."""

import numpy as np
from keras import ops
from keras.utils import pad_sequences


def _frame(targets, before=(), after=(), width=None, padding="post"):
    rows = [[*before, *target, *after] for target in targets]
    return ops.convert_to_tensor(pad_sequences(rows, maxlen=width, padding=padding, dtype="int32"))


def not_shifted(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id])
    return labels, labels, labels != 0


def shifted_the_other_way(targets, start_id, end_id):
    inputs = _frame(targets, after=[end_id])
    labels = _frame(targets, before=[start_id])
    return inputs, labels, labels != 0


def no_end(targets, start_id, end_id):
    inputs = _frame(targets, before=[start_id])
    labels = ops.pad(inputs[:, 1:], [[0, 0], [0, 1]])
    return inputs, labels, labels != 0


def no_start(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id])
    return _frame(targets, width=labels.shape[1]), labels, labels != 0


def end_after_padding(targets, start_id, end_id):
    padded = _frame(targets)
    ends = ops.full((len(targets), 1), end_id, dtype="int32")
    labels = ops.concatenate([padded, ends], axis=1)
    return _frame(targets, before=[start_id]), labels, labels != 0


def both_framed(targets, start_id, end_id):
    inputs = _frame(targets, before=[start_id], after=[end_id])
    labels = ops.pad(inputs[:, 1:], [[0, 0], [0, 1]])
    return inputs, labels, labels != 0


def padded_in_front(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id], padding="pre")
    return _frame(targets, before=[start_id], padding="pre"), labels, labels != 0


def mask_inverted(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id])
    return _frame(targets, before=[start_id]), labels, labels == 0


def mask_everything(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id])
    return _frame(targets, before=[start_id]), labels, np.ones(labels.shape, bool)


def end_masked_out(targets, start_id, end_id):
    labels = _frame(targets, after=[end_id])
    mask = ops.logical_and(labels != 0, labels != end_id)
    return _frame(targets, before=[start_id]), labels, mask


def end_in_inputs(targets, start_id, end_id):
    framed = _frame(targets, before=[start_id], after=[end_id])
    return framed[:, :-1], framed[:, 1:], framed[:, 1:] != 0


def longest_cut(targets, start_id, end_id):
    width = max(map(len, targets))
    inputs, labels = _frame(targets, before=[start_id]), _frame(targets, after=[end_id])
    return inputs[:, :width], labels[:, :width], labels[:, :width] != 0
