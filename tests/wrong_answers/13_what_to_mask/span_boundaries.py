"""Wrong answers to `span_boundaries` beside its mutants."""

import numpy as np


def _right(hidden):
    hidden = np.array(hidden)
    places = np.arange(hidden.shape[1])
    left = np.maximum.accumulate(np.where(hidden, 0, places), axis=1)
    far = np.where(hidden, hidden.shape[1], places)
    right = np.minimum.accumulate(far[:, ::-1], axis=1)[:, ::-1]
    return {"left": left * hidden, "right": right * hidden, "place": (places - left) * hidden}


def one_side_inside__the_left(hidden):
    found = _right(hidden)
    return {**found, "left": found["left"] + np.array(hidden)}


def place_from_behind__the_length(hidden):
    found = _right(hidden)
    return {**found, "place": (found["right"] - found["left"] - 1) * np.array(hidden)}


def seen_tokens_not_zero__minus_one(hidden):
    return {key: np.where(np.array(hidden), array, -1) for key, array in _right(hidden).items()}


def right_one_too_far(hidden):
    found = _right(hidden)
    return {**found, "right": found["right"] + np.array(hidden)}


def widths_of_spans(hidden):
    found = _right(hidden)
    return {**found, "right": found["right"] - found["left"]}


def columns_instead_of_rows(hidden):
    hidden = np.array(hidden)
    flat = hidden.reshape(1, -1)
    return {key: array.reshape(hidden.shape) for key, array in _right(flat).items()}
