"""Wrong answers to `span_boundaries`, each named after its mistake."""

import numpy as np


def _spans(row):
    """(first, last) of each span."""
    found, start = [], None
    for place, is_hidden in enumerate(row):
        if is_hidden and start is None:
            start = place
        if not is_hidden and start is not None:
            found.append((start, place - 1))
            start = None
    return found


def _zeros(hidden):
    return {key: np.zeros(tuple(hidden.shape), "int32") for key in ("left", "right", "place")}


def _filled(hidden, of, spans_of=_spans):
    found = _zeros(hidden)
    for number, row in enumerate(np.array(hidden)):
        for first, last in spans_of(row):
            for place in range(first, last + 1):
                if row[place]:
                    left, right, count = of(place, first, last)
                    found["left"][number, place] = left
                    found["right"][number, place] = right
                    found["place"][number, place] = count
    return found


def inside_the_span(hidden):
    return _filled(hidden, lambda place, first, last: (first, last, place - first + 1))


def neighbours_of_the_token(hidden):
    return _filled(hidden, lambda place, first, last: (place - 1, place + 1, place - first + 1))


def one_side_inside(hidden):
    return _filled(hidden, lambda place, first, last: (first - 1, last, place - first + 1))


def place_from_zero(hidden):
    return _filled(hidden, lambda place, first, last: (first - 1, last + 1, place - first))


def place_from_behind(hidden):
    return _filled(hidden, lambda place, first, last: (first - 1, last + 1, last - place + 1))


def place_in_the_sequence(hidden):
    return _filled(hidden, lambda place, first, last: (first - 1, last + 1, place))


def sides_swapped(hidden):
    return _filled(hidden, lambda place, first, last: (last + 1, first - 1, place - first + 1))


def one_span_for_the_row(hidden):
    def whole(row):
        places = np.flatnonzero(row)
        return [(places[0], places[-1])] if len(places) else []

    return _filled(hidden, lambda place, first, last: (first - 1, last + 1, place - first + 1), whole)


def joined_over_a_gap(hidden):
    def joined(row):
        spans = []
        for first, last in _spans(row):
            if spans and first <= spans[-1][1] + 2:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        return spans

    return _filled(hidden, lambda place, first, last: (first - 1, last + 1, place - first + 1), joined)


def seen_tokens_not_zero(hidden):
    found = _filled(hidden, lambda place, first, last: (first - 1, last + 1, place - first + 1))
    places = np.arange(hidden.shape[1]) * np.ones((hidden.shape[0], 1), "int32")
    for key in ("left", "right"):
        found[key] = np.where(np.array(hidden), found[key], places).astype("int32")
    return found
