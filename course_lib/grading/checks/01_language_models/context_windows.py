"""Verdict of `context_windows`: the last ids up to each position."""

import numpy as np


def draw(generator):
    """Ids (B, T) without zeros, so that padding shows; windows shorter and longer than the text."""
    return [
        {"token_ids": generator.integers(1, 97, (batch, length)).astype("int32"), "window": window}
        for batch, length, window in ((1, 3, 2), (2, 5, 3), (3, 7, 5), (2, 3, 7), (5, 11, 2), (1, 13, 4))
    ]


def _shifted(token_ids, shift, fill):
    """Column t holds the id of t − shift; `fill(position)` says what stands outside the text."""
    length = token_ids.shape[1]
    columns = [
        token_ids[:, t - shift] if 0 <= t - shift < length else fill(token_ids, t - shift)
        for t in range(length)
    ]
    return np.stack(columns, axis=1)


def _zeros(token_ids, position):
    return np.zeros(len(token_ids), token_ids.dtype)


def _windows(token_ids, shifts, fill=_zeros):
    return np.stack([_shifted(token_ids, shift, fill) for shift in shifts], axis=-1)


def reference(token_ids, window):
    return _windows(token_ids, range(window - 1, -1, -1))


def _future_included(token_ids, window):
    return _windows(token_ids, range(0, -window, -1))


def _centred(token_ids, window):
    return _windows(token_ids, range(window // 2, window // 2 - window, -1))


def _current_missing(token_ids, window):
    return _windows(token_ids, range(window, 0, -1))


def _reversed_order(token_ids, window):
    return _windows(token_ids, range(window))


def _wraps_around(token_ids, window):
    def from_the_end(token_ids, position):
        return token_ids[:, position % token_ids.shape[1]]

    return _windows(token_ids, range(window - 1, -1, -1), from_the_end)


def _first_repeated(token_ids, window):
    def first(token_ids, position):
        return token_ids[:, 0]

    return _windows(token_ids, range(window - 1, -1, -1), first)


def _incomplete_dropped(token_ids, window):
    if window > token_ids.shape[1]:
        return np.zeros((len(token_ids), 0, window), token_ids.dtype)
    return reference(token_ids, window)[:, window - 1 :]


def _window_before_time(token_ids, window):
    return np.swapaxes(reference(token_ids, window), 1, 2)


def drops_incomplete(arguments, received, expected):
    """Too few positions, or an error where the window is longer than the text."""
    window, length = arguments["window"], arguments["token_ids"].shape[1]
    if window > length:
        return not isinstance(received, np.ndarray) or received.shape[1] != length
    return np.array_equal(received, _incomplete_dropped(**arguments))


MISTAKES = {
    "future_included": (_future_included, _centred),
    "current_missing": _current_missing,
    "reversed_order": _reversed_order,
    "wraps_around": _wraps_around,
    "first_repeated": _first_repeated,
    "window_before_time": _window_before_time,
}
SYMPTOMS = {"incomplete_dropped": drops_incomplete}
