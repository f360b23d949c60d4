"""Verdict of `span_boundaries`: the last token seen before a span, the first behind it, the place in it."""

import numpy as np

KEYS = ("left", "right", "place")


def draw(generator):
    """Rows of hidden tokens with spans of one and of many, near each other and near both ends."""
    rows = {
        "one and many": "0110010111100",
        "beside each other": "0101101110110",
        "at both ends": "0111000000110",
        "none": "0000000000000",
        "all": "0111111111110",
    }
    cases = [{"hidden": np.array([[int(letter) for letter in "0011010"]], bool)}]
    cases.append({"hidden": np.array([[int(letter) for letter in row] for row in rows.values()], bool)})
    for batch, length, share in ((3, 11, 0.4), (2, 23, 0.2), (7, 17, 0.6), (5, 19, 0.5)):
        hidden = generator.random((batch, length)) < share
        hidden[:, [0, -1]] = False
        cases.append({"hidden": hidden})
    return cases


def _runs(row):
    """(first, last) of each span."""
    ends = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(int), [0]])))
    return [(int(first), int(stop) - 1) for first, stop in ends.reshape(-1, 2)]


def _any_run(holds):
    return lambda case: any(holds(first, last, row) for row in case["hidden"] for first, last in _runs(row))


CONDITIONS = {
    "a span of one token": _any_run(lambda first, last, row: first == last),
    "a span of four or more": _any_run(lambda first, last, row: last - first > 2),
    "two spans with one token between them": _any_run(
        lambda first, last, row: last + 2 < len(row) and row[last + 2]
    ),
    "a span behind the first token": _any_run(lambda first, last, row: first == 1),
    "a span before the last token": _any_run(lambda first, last, row: last == len(row) - 2),
    "a row with nothing hidden": lambda case: (~case["hidden"].any(axis=1)).any(),
    "a row with everything hidden but its ends": lambda case: case["hidden"][:, 1:-1].all(axis=1).any(),
    "one row": lambda case: len(case["hidden"]) == 1,
}


def _finding(of=lambda at, first, last: (first - 1, last + 1, at - first + 1), elsewhere=None, runs=_runs):
    """The answer, with parts exchanged; `of` says left, right and place of the token at a position."""

    def answer(hidden):
        found = {key: np.zeros(hidden.shape, "int32") for key in KEYS}
        for number, row in enumerate(hidden):
            if elsewhere is not None:
                for key, values in zip(KEYS, elsewhere(np.arange(len(row))), strict=True):
                    found[key][number] = values
            for first, last in runs(row):
                for at in range(first, last + 1):
                    if row[at]:
                        for key, value in zip(KEYS, of(at, first, last), strict=True):
                            found[key][number, at] = value
        return found

    return answer


reference = _finding()


def _whole_row(row):
    places = np.flatnonzero(row)
    return [(int(places[0]), int(places[-1]))] if len(places) else []


def _over_single_gaps(row):
    """Spans that one seen token parts are taken for one."""
    joined = []
    for first, last in _runs(row):
        if joined and first - joined[-1][1] == 2:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


MISTAKES = {
    "inside_the_span": _finding(of=lambda at, first, last: (first, last, at - first + 1)),
    "neighbours_of_the_token": _finding(of=lambda at, first, last: (at - 1, at + 1, at - first + 1)),
    "one_side_inside": (
        _finding(of=lambda at, first, last: (first - 1, last, at - first + 1)),
        _finding(of=lambda at, first, last: (first, last + 1, at - first + 1)),
    ),
    "place_from_zero": _finding(of=lambda at, first, last: (first - 1, last + 1, at - first)),
    "place_from_behind": (
        _finding(of=lambda at, first, last: (first - 1, last + 1, last - at + 1)),
        _finding(of=lambda at, first, last: (first - 1, last + 1, last + 1 - first)),
    ),
    "place_in_the_sequence": _finding(of=lambda at, first, last: (first - 1, last + 1, at)),
    "sides_swapped": _finding(of=lambda at, first, last: (last + 1, first - 1, at - first + 1)),
    "one_span_for_the_row": _finding(runs=_whole_row),
    "joined_over_a_gap": _finding(runs=_over_single_gaps),
    "seen_tokens_not_zero": (
        _finding(elsewhere=lambda at: (at, at, np.zeros_like(at))),
        _finding(elsewhere=lambda at: (at - 1, at + 1, np.zeros_like(at))),
        _finding(elsewhere=lambda at: (at * 0 - 1, at * 0 - 1, at * 0 - 1)),
        _finding(elsewhere=lambda at: (at * 0 - 1, at * 0 - 1, at * 0)),
    ),
}
