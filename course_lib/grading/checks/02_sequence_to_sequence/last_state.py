"""Verdict of `last_state`: the recurrent state after the last real token of each sentence."""

import numpy as np


def draw(generator):
    """States (B, S, D) and lengths between 1 and S."""
    return [
        {"states": generator.normal(0, scale, (len(lengths), width, hidden)), "lengths": np.array(lengths)}
        for lengths, width, hidden, scale in (
            ((1, 2), 3, 2, 1.0),
            ((2, 5, 1), 5, 7, 0.1),
            ((7, 3, *generator.integers(1, 7, 2), 2), 7, 3, 4.0),
            ((2, 10), 11, 5, 200.0),
            ((5,), 5, 1, 1.0),
            ((1,), 1, 3, 1.0),
        )
    ]


CONDITIONS = {
    "a full row beside shorter ones": lambda case: (
        case["lengths"].max() == case["states"].shape[1] > case["lengths"].min()
    ),
    "no full row": lambda case: case["lengths"].max() < case["states"].shape[1],
    "a sentence of one token in several columns": lambda case: (
        case["lengths"].min() == 1 < case["states"].shape[1]
    ),
    "the first sentence is not the longest": lambda case: case["lengths"][0] < case["lengths"].max(),
    "one sentence": lambda case: len(case["lengths"]) == 1,
    "one column": lambda case: case["states"].shape[1] == 1,
    "one unit": lambda case: case["states"].shape[2] == 1,
}


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


def _one_too_early(states, lengths):
    """Before the array: the first state (clipped)."""
    return states[np.arange(len(states)), np.maximum(lengths - 2, 0)]


def _one_too_early_wrapped(states, lengths):
    return states[np.arange(len(states)), (lengths - 2) % states.shape[1]]


def _from_the_end(states, lengths):
    return states[np.arange(len(states)), -lengths]


def _first_length_for_all(states, lengths):
    return states[:, lengths[0] - 1]


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
    "one_too_early": (_one_too_early, _one_too_early_wrapped),
    "from_the_end": _from_the_end,
    "longest_for_all": _longest_for_all,
    "first_length_for_all": _first_length_for_all,
    "first_state": _first_state,
    "mean_of_all": _mean_of_all,
    "mean_of_real": _mean_of_real,
    "sum_of_real": _sum_of_real,
    "maximum": _maximum,
    "all_pairs": _all_pairs,
}
