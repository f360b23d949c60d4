"""Wrong answers to `continuation_probability` beside its mutants."""

import numpy as np
from keras import ops


def smoothed_by_one(counts):
    contexts = ops.sum(ops.cast(counts > 0, "float32"), axis=0) + 1.0
    return contexts / ops.sum(contexts)


def softmax_of_the_numbers(counts):
    return ops.softmax(ops.sum(ops.cast(counts > 0, "float32"), axis=0))


def divided_by_the_largest(counts):
    contexts = ops.sum(ops.cast(counts > 0, "float32"), axis=0)
    return contexts / ops.max(contexts)


def divided_by_the_words_that_follow(counts):
    contexts = ops.sum(ops.cast(counts > 0, "float32"), axis=0)
    return contexts / ops.sum(ops.cast(contexts > 0, "float32"))


def mean_of_the_rows(counts):
    rows = ops.divide_no_nan(counts, ops.sum(counts, axis=1, keepdims=True))
    return ops.mean(rows, axis=0)


def logarithms_of_the_counts(counts):
    amounts = ops.sum(ops.log1p(counts), axis=0)
    return amounts / ops.sum(amounts)


def padding_row_left_out(counts):
    contexts = ops.sum(ops.cast(counts[1:] > 0, "float32"), axis=0)
    return contexts / ops.sum(contexts)


def pairs_seen_once_alone(counts):
    contexts = ops.sum(ops.cast(counts == 1, "float32"), axis=0)
    return contexts / ops.maximum(ops.sum(contexts), 1.0)


def summed_to_one_number(counts):
    return ops.mean(ops.cast(counts > 0, "float32"))


def wrong_direction__in_numpy(counts):
    seen = np.asarray(counts) > 0
    return seen.sum(axis=-1) / seen.sum()
