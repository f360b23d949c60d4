"""Wrong answers to `last_state` beside its mutants."""

import numpy as np
from keras import ops


def _last(states, lengths):
    return ops.take_along_axis(states, (lengths - 1)[:, None, None], axis=1)


def axis_left_over(states, lengths):
    return _last(states, lengths)


def squeezed_of_every_axis_of_one(states, lengths):
    return ops.squeeze(_last(states, lengths))


def shortest_for_all(states, lengths):
    return states[:, int(ops.min(lengths)) - 1]


def sentences_in_another_order(states, lengths):
    return ops.flip(_last(states, lengths)[:, 0], axis=0)


def full_sentences_read_from_the_front(states, lengths):
    return np.asarray(states)[np.arange(len(states)), (np.asarray(lengths) - 1) % max(states.shape[1] - 1, 1)]


def mean_of_the_last_two(states, lengths):
    before = ops.maximum(lengths - 2, 0)[:, None, None]
    return (_last(states, lengths) + ops.take_along_axis(states, before, axis=1))[:, 0] / 2


def padding_set_to_zero_and_last_column(states, lengths):
    is_real = ops.arange(states.shape[1])[None, :] < lengths[:, None]
    return ops.where(is_real[:, :, None], states, 0.0)[:, -1]


def largest_of_the_real_ones(states, lengths):
    is_real = ops.arange(states.shape[1])[None, :] < lengths[:, None]
    return ops.max(ops.where(is_real[:, :, None], states, -1e9), axis=1)


def divided_by_the_length(states, lengths):
    return _last(states, lengths)[:, 0] / ops.cast(lengths, "float32")[:, None]


def first_sentence_for_all(states, lengths):
    return ops.take(states[0], lengths - 1, axis=0)


def one_too_early__in_loops(states, lengths):
    return ops.stack([states[row, max(int(length) - 2, 0)] for row, length in enumerate(lengths)])


def one_too_far__clipped(states, lengths):
    index = ops.minimum(lengths, states.shape[1] - 1)[:, None, None]
    return ops.take_along_axis(states, index, axis=1)[:, 0]
