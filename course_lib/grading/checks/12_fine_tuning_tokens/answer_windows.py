"""Verdict of `answer_windows`: a long passage in windows that overlap, and the answer in each of them."""

import numpy as np


def draw(generator):
    """Passages of one window and of several; answers at the first place, at a seam, at the last."""
    cases = []
    for num_tokens, window, stride in ((11, 7, 3), (23, 7, 2), (29, 11, 5), (31, 5, 1)):
        start = int(generator.integers(0, num_tokens - 3))
        cases.append(_case(num_tokens, start, start + int(generator.integers(0, 3)), window, stride))
    return [
        *cases,
        _case(17, 0, int(generator.integers(0, 2)), 7, 3),  # the first place of the first window
        _case(17, 4, 5, 7, 3),  # the first place of the second window, inside the first
        _case(23, 6, 7, 7, 2),  # across the end of the first window, whole in the second
        _case(23, 3, 8, 7, 2),  # whole in no window: cut by both
        _case(19, 17, 18, 7, 3),  # in the last window, up to its end
        _case(13, 5, 6, 13, 5),  # one window, full
        _case(5, 1, 2, 7, 3),  # one window with room left
        _case(2, 0, 1, 7, 3),  # shorter than what two windows share
        _case(12, 3, 3, 7, 2),  # the last window is full
        _case(13, 9, 9, 7, 0),  # no overlap
    ]


def _case(num_tokens, start, end, window, stride):
    return {
        "num_tokens": num_tokens,
        "answer_start": start,
        "answer_end": end,
        "window": window,
        "stride": stride,
    }


def _rows(case):
    return reference(**case)


CONDITIONS = {
    "one window": lambda case: len(_rows(case)) == 1,
    "a passage shorter than a window": lambda case: case["num_tokens"] < case["window"],
    "a passage shorter than what windows share": lambda case: case["num_tokens"] <= case["stride"],
    "a last window that is full": lambda case: (
        len(_rows(case)) > 1 and np.diff(_rows(case)[-1, :2]) == case["window"]
    ),
    "a last window that is shorter": lambda case: (
        len(_rows(case)) > 1 and np.diff(_rows(case)[-1, :2]) < case["window"]
    ),
    "an answer in several windows": lambda case: (_rows(case)[:, 2] >= 0).sum() > 1,
    "an answer at place 0 of a window": lambda case: (_rows(case)[:, 2] == 0).any(),
    "an answer whole in no window": lambda case: (_rows(case)[:, 2] == -1).all(),
    "an answer that a window cuts": lambda case: (
        (_rows(case)[:, 2] == -1)
        & (_rows(case)[:, 0] <= case["answer_end"])
        & (case["answer_start"] < _rows(case)[:, 1])
    ).any(),
    "an answer at the last token": lambda case: case["answer_end"] == case["num_tokens"] - 1,
    "an answer at the first token": lambda case: case["answer_start"] == 0,
    "an answer of one token": lambda case: case["answer_start"] == case["answer_end"],
    "no overlap": lambda case: case["stride"] == 0,
}


def _windows(num_tokens, window, step, is_over=lambda start, stop, n: stop == n):
    """Pairs (first token, end), the end not included."""
    found, start = [], 0
    while True:
        stop = min(start + window, num_tokens)
        found.append((start, stop))
        if is_over(start, stop, num_tokens) or start + step >= num_tokens:
            return found
        start += step


def _whole(start, end, low, high):
    """The answer's places in a window that holds it whole, else (-1, -1)."""
    return (start - low, end - low) if low <= start and end < high else (-1, -1)


def _cut_windows(
    step=lambda window, stride: window - stride,
    place=_whole,
    is_over=lambda start, stop, n: stop == n,
    windows=_windows,
    keep=lambda rows: rows,
):
    def answer(num_tokens, answer_start, answer_end, window, stride):
        rows = [
            (low, high, *place(answer_start, answer_end, low, high))
            for low, high in windows(num_tokens, window, step(window, stride), is_over)
        ]
        return np.array(keep(rows), "int64")

    return answer


reference = _cut_windows()


def _step_is_the_stride(num_tokens, answer_start, answer_end, window, stride):
    if stride == 0:
        raise ValueError  # `range` takes no step of 0
    return _cut_windows(step=lambda window, stride: stride)(
        num_tokens, answer_start, answer_end, window, stride
    )


def _step_is_the_stride_to_the_end(num_tokens, answer_start, answer_end, window, stride):
    if stride == 0:
        raise ValueError
    return _cut_windows(step=lambda window, stride: stride, is_over=lambda start, stop, n: False)(
        num_tokens, answer_start, answer_end, window, stride
    )


def _clipped(start, end, low, high):
    if end < low or start >= high:
        return -1, -1
    return max(start, low) - low, min(end, high - 1) - low


def _start_is_enough(start, end, low, high):
    return (start - low, end - low) if low <= start < high else (-1, -1)


def _overlap_is_enough(start, end, low, high):
    return (start - low, end - low) if start < high and end >= low else (-1, -1)


def _none_is_zero(start, end, low, high):
    return _whole(start, end, low, high) if low <= start and end < high else (0, 0)


def _zero_is_none(start, end, low, high):
    return _whole(start, end, low, high) if low < start and end < high else (-1, -1)


def _last_token_is_none(start, end, low, high):
    return _whole(start, end, low, high) if low <= start and end < high - 1 else (-1, -1)


def _in_the_passage(start, end, low, high):
    return (start, end) if low <= start and end < high else (-1, -1)


def _end_not_included(start, end, low, high):
    return (start - low, end - low + 1) if low <= start and end < high else (-1, -1)


def _without_checks(start, end, low, high):
    return start - low, end - low


def _moved_back(num_tokens, window, step, is_over):
    found = _windows(num_tokens, window, step, is_over)
    low, high = found[-1]
    return [*found[:-1], (max(0, high - window), high)]


def _full_alone(num_tokens, window, step, is_over):
    return [pair for pair in _windows(num_tokens, window, step, is_over) if pair[1] - pair[0] == window]


def _beyond_the_end(num_tokens, window, step, is_over):
    return [(low, low + window) for low, _ in _windows(num_tokens, window, step, is_over)]


def _with_answer(rows):
    return [row for row in rows if row[2] >= 0]


MISTAKES = {
    "stride_taken_for_step": (_step_is_the_stride, _step_is_the_stride_to_the_end),
    "no_overlap_at_all": _cut_windows(step=lambda window, stride: window),
    "one_window_too_many": _cut_windows(is_over=lambda start, stop, n: False),
    "step_off_by_one": (
        _cut_windows(step=lambda window, stride: window - stride - 1),
        _cut_windows(step=lambda window, stride: window - stride + 1),
    ),
    "last_window_lost": _cut_windows(windows=_full_alone),
    "last_window_moved_back": _cut_windows(windows=_moved_back),
    "window_beyond_the_end": _cut_windows(windows=_beyond_the_end),
    "cut_answer_kept": (
        _cut_windows(place=_clipped),
        _cut_windows(place=_start_is_enough),
        _cut_windows(place=_overlap_is_enough),
    ),
    "none_written_as_zero": _cut_windows(place=_none_is_zero),
    "place_zero_taken_for_none": _cut_windows(place=_zero_is_none),
    "last_token_taken_for_outside": _cut_windows(place=_last_token_is_none),
    "places_of_the_passage": _cut_windows(place=_in_the_passage),
    "end_not_included": _cut_windows(place=_end_not_included),
    "answer_in_every_window": _cut_windows(place=_without_checks),
    "windows_without_answer_lost": _cut_windows(keep=_with_answer),
}
