"""Wrong answers to `last_state`, each named after the mistake it makes."""

from keras import ops


def _is_real(states, lengths):
    return ops.cast(ops.arange(states.shape[1])[None, :] < lengths[:, None], states.dtype)[:, :, None]


def last_column(states, lengths):
    return states[:, -1]


def one_too_far(states, lengths):
    weights = ops.one_hot(lengths, states.shape[1])  # (B, S)
    return ops.einsum("bs,bsd->bd", weights, states)


def longest_for_all(states, lengths):
    return states[:, int(ops.max(lengths)) - 1]


def first_state(states, lengths):
    return states[:, 0, :]


def mean_of_all(states, lengths):
    return ops.mean(states, axis=1)


def mean_of_real(states, lengths):
    is_real = _is_real(states, lengths)
    return ops.sum(states * is_real, axis=1) / ops.sum(is_real, axis=1)


def sum_of_real(states, lengths):
    return ops.sum(states * _is_real(states, lengths), axis=1)


def maximum(states, lengths):
    return ops.max(states, axis=1)


def all_pairs(states, lengths):
    return ops.take(states, lengths - 1, axis=1)


def one_too_early(states, lengths):
    index = ops.maximum(lengths - 2, 0)[:, None, None]
    return ops.take_along_axis(states, index, axis=1)[:, 0]


def from_the_end(states, lengths):
    return ops.stack([states[row, -int(length)] for row, length in enumerate(lengths)])


def first_length_for_all(states, lengths):
    return states[:, int(lengths[0]) - 1]
