"""Verdict of `context_windows`: the last ids up to each position."""

import numpy as np


def draw(generator):
    """Ids (B, T), all of them once without zeros, so that padding shows; windows of every length."""
    sizes = ((1, 3, 2), (2, 5, 3), (3, 5, 5), (2, 3, 7), (5, 11, 2), (1, 13, 4), (2, 5, 1), (3, 1, 2))
    cases = [
        {"token_ids": generator.integers(1, 97, (batch, length)).astype("int32"), "window": window}
        for batch, length, window in sizes
    ]
    with_zeros = np.array([[0, 1, 1, 0, 2, 0, 0], [1, 0, 0, 1, 1, 2, 1]], "int32")
    return [*cases, {"token_ids": with_zeros, "window": 3}]


CONDITIONS = {
    "a window of one id": lambda case: case["window"] == 1,
    "a window as long as the text": lambda case: case["window"] == case["token_ids"].shape[1] > 1,
    "a window longer than the text": lambda case: case["window"] > case["token_ids"].shape[1] > 1,
    "a text of one id": lambda case: case["token_ids"].shape[1] == 1,
    "one text": lambda case: len(case["token_ids"]) == 1,
    "0 and 1 are ids of the text": lambda case: {0, 1} <= set(np.ravel(case["token_ids"])),
}


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


def _incomplete_dropped(nothing):
    """As many windows as fit; `nothing(token_ids, window)` is what comes out where none does."""

    def dropped(token_ids, window):
        if window > token_ids.shape[1]:
            return nothing(token_ids, window)
        return reference(token_ids, window)[:, window - 1 :]

    return dropped


def _raises(token_ids, window):
    raise ValueError("nothing to stack")


def _window_before_time(token_ids, window):
    return np.swapaxes(reference(token_ids, window), 1, 2)


def _fills_with(number):
    def filled(token_ids, window):
        return _windows(
            token_ids, range(window - 1, -1, -1), lambda ids, _: np.full(len(ids), number, ids.dtype)
        )

    return filled


MISTAKES = {
    "future_included": (_future_included, _centred),
    "current_missing": _current_missing,
    "reversed_order": _reversed_order,
    "wraps_around": _wraps_around,
    "first_repeated": _first_repeated,
    "other_than_zero": (_fills_with(1), _fills_with(-1)),
    "window_before_time": _window_before_time,
    "incomplete_dropped": (
        _incomplete_dropped(lambda token_ids, window: np.zeros((len(token_ids), 0, window), "int32")),
        _incomplete_dropped(lambda token_ids, window: np.zeros((len(token_ids), 0))),
        _incomplete_dropped(_raises),
    ),
}
