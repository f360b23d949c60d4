"""Wrong answers to `teacher_forced_batch` beside its mutants."""

import numpy as np
from keras.utils import pad_sequences


def _pad(rows, width=None):
    return pad_sequences(rows, maxlen=width, padding="post", dtype="int32")


def _right(targets, start_id, end_id):
    labels = _pad([[*target, end_id] for target in targets])
    return _pad([[start_id, *target] for target in targets]), labels, labels != 0


def mask_as_numbers(targets, start_id, end_id):
    inputs, labels, mask = _right(targets, start_id, end_id)
    return inputs, labels, mask.astype("float32")


def ids_of_the_course_for_start_and_end(targets, start_id, end_id):
    return _right(targets, 2, 3)


def end_after_padding__by_rolling(targets, start_id, end_id):
    inputs = _pad([[start_id, *target] for target in targets])
    labels = np.roll(inputs, -1, axis=1)
    labels[:, -1] = end_id
    return inputs, labels, inputs != 0


def words_once(targets, start_id, end_id):
    return _right([list(dict.fromkeys(target)) for target in targets], start_id, end_id)


def one_is_masked(targets, start_id, end_id):
    inputs, labels, _ = _right(targets, start_id, end_id)
    return inputs, labels, labels > 1


def longest_sentence_first(targets, start_id, end_id):
    return _right(sorted(targets, key=len, reverse=True), start_id, end_id)


def empty_sentences_dropped(targets, start_id, end_id):
    return _right([target for target in targets if target] or [[1]], start_id, end_id)


def width_of_the_first_sentence(targets, start_id, end_id):
    width = len(targets[0]) + 1
    labels = pad_sequences([[*t, end_id] for t in targets], width, "int32", "post", "post")
    return (
        pad_sequences([[start_id, *t] for t in targets], width, "int32", "post", "post"),
        labels,
        labels != 0,
    )


def mask_of_the_longest_for_all(targets, start_id, end_id):
    inputs, labels, mask = _right(targets, start_id, end_id)
    return inputs, labels, np.zeros_like(mask) | mask.any(axis=1, keepdims=True) & (labels >= end_id)


def mask_left_out(targets, start_id, end_id):
    return _right(targets, start_id, end_id)[:2]


def source_reversed_too(targets, start_id, end_id):
    return _right([target[::-1] for target in targets], start_id, end_id)


def end_in_inputs__in_loops(targets, start_id, end_id):
    framed = [[start_id, *target, end_id] for target in targets]
    width = max(map(len, framed))
    framed = np.array([row + [0] * (width - len(row)) for row in framed])
    return framed[:, :-1], framed[:, 1:], framed[:, :-1] != 0
