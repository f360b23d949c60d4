"""Verdict of `last_state`: the recurrent state after the last real token of each sentence."""

import numpy as np


def draw(generator):
    """States (B, S, D) and lengths between 1 and S."""
    cases = []
    for batch, length, hidden, scale in ((2, 3, 2, 1.0), (3, 5, 7, 0.1), (5, 7, 3, 4.0), (2, 11, 5, 200.0)):
        states = generator.normal(0, scale, (batch, length, hidden))
        lengths = generator.integers(1, length, batch)
        lengths[0] = length if batch > 2 else length - 1
        lengths[-1] = 2
        cases.append({"states": states, "lengths": lengths})
    return cases


def reference(states, lengths):
    return states[np.arange(len(states)), lengths - 1]


def _last_column(states, lengths):
    return states[:, -1]


def _one_too_far(states, lengths):
    """Reads behind the last token; beyond the array: the last column (clipped)."""
    return states[np.arange(len(states)), np.minimum(lengths, states.shape[1] - 1)]


def _one_too_far_zero(states, lengths):
    """Beyond the array: zeros, as TensorFlow's gather on a GPU and a one-hot product give."""
    inside = lengths < states.shape[1]
    return np.where(inside[:, None], _one_too_far(states, lengths), 0.0)


def _one_too_far_nan(states, lengths):
    """Beyond the array: NaN, as JAX fills."""
    inside = lengths < states.shape[1]
    return np.where(inside[:, None], _one_too_far(states, lengths), np.nan)


def _one_too_far_wrapped(states, lengths):
    return states[np.arange(len(states)), lengths % states.shape[1]]


def _one_too_far_raises(states, lengths):
    """Raises where an index leaves the array, and is off by one elsewhere."""
    return states[np.arange(len(states)), lengths]


def _first_state(states, lengths):
    return states[:, 0]


def _mean_of_all(states, lengths):
    return states.mean(axis=1)


def _mean_of_real(states, lengths):
    mask = np.arange(states.shape[1]) < lengths[:, None]
    return (states * mask[:, :, None]).sum(axis=1) / lengths[:, None]


def _sum_of_real(states, lengths):
    mask = np.arange(states.shape[1]) < lengths[:, None]
    return (states * mask[:, :, None]).sum(axis=1)


def _maximum(states, lengths):
    return states.max(axis=1)


def _longest_for_all(states, lengths):
    return states[:, lengths.max() - 1]


def _all_pairs(states, lengths):
    """One row of every sentence for every length: (B, B, D)."""
    return states[:, lengths - 1]


MISTAKES = {
    "last_column": _last_column,
    "one_too_far": (
        _one_too_far,
        _one_too_far_zero,
        _one_too_far_nan,
        _one_too_far_wrapped,
        _one_too_far_raises,
    ),
    "longest_for_all": _longest_for_all,
    "first_state": _first_state,
    "mean_of_all": _mean_of_all,
    "mean_of_real": _mean_of_real,
    "sum_of_real": _sum_of_real,
    "maximum": _maximum,
    "all_pairs": _all_pairs,
}
