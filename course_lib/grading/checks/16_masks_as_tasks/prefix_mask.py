"""Verdict of `prefix_mask`: the prefix for everybody, the left side for those behind it."""

import numpy as np


def draw(generator):
    """Rows (B, T) with prefixes of every kind, with and without padding behind."""
    cases = []
    for batch, length in ((1, 3), (2, 5), (3, 7), (5, 5), (7, 11)):
        real = generator.integers(3, length + 1, batch)
        real[0] = length
        prefixes = generator.integers(1, real)
        if batch == 1:
            prefixes[0] = 1
        if batch > 2:
            real[1], prefixes[1] = length - 2, 2
            prefixes[2] = 0
        if batch > 3:
            prefixes[3] = real[3]
        padding_mask = np.arange(length) < real[:, None]
        cases.append({"prefix_lengths": prefixes.astype("int32"), "padding_mask": padding_mask})
    return cases


def _real(case):
    return case["padding_mask"].sum(axis=1)


CONDITIONS = {
    "no prefix": lambda case: (case["prefix_lengths"] == 0).any(),
    "a prefix that is the whole row": lambda case: (case["prefix_lengths"] == _real(case)).any(),
    "a prefix of two tokens or more, and two tokens or more behind it": lambda case: (
        (case["prefix_lengths"] > 1) & (_real(case) - case["prefix_lengths"] > 1)
    ).any(),
    "padding": lambda case: not case["padding_mask"].all(),
    "a row without padding": lambda case: case["padding_mask"].all(axis=1).any(),
    "prefixes of different lengths": lambda case: len(set(case["prefix_lengths"].tolist())) > 1,
    "as many rows as tokens": lambda case: len(set(case["padding_mask"].shape)) == 1,
    "one row": lambda case: len(case["prefix_lengths"]) == 1,
}


def _among_real(mask, is_real, rows=True, columns=True):
    if columns:
        mask = mask & is_real[:, None, :]
    return mask & is_real[:, :, None] if rows else mask


def _with(rule, rows=True, columns=True, lengths=lambda lengths: lengths):
    """The answer with another rule; it gets t, s (T, T) and P (B, 1, 1)."""

    def answer(prefix_lengths, padding_mask):
        place = np.arange(padding_mask.shape[1])
        prefixes = lengths(prefix_lengths)[:, None, None]
        mask = rule(place[:, None], place, prefixes) & np.ones_like(prefixes, bool)
        return _among_real(mask, padding_mask, rows, columns)

    return answer


def _rule(t, s, prefixes):
    return (s < prefixes) | (s <= t)


reference = _with(_rule)


def _inverted(prefix_lengths, padding_mask):
    return ~reference(prefix_lengths, padding_mask)


MISTAKES = {
    "polarity_inverted": (_inverted, _with(lambda t, s, p: ~_rule(t, s, p))),
    "first_prefix_for_all": _with(_rule, lengths=lambda lengths: np.full_like(lengths, lengths[0])),
    "prefix_and_left": _with(lambda t, s, p: (s < p) & (s <= t)),
    "prefix_sees_target": (
        _with(lambda t, s, p: (t < p) | (s <= t)),
        _with(lambda t, s, p: (t < p) | (s < p) | (s <= t)),
    ),
    "prefix_ignored": _with(lambda t, s, p: (s <= t) & (p >= 0)),
    "target_blind_to_prefix": _with(lambda t, s, p: ((t < p) & (s < p)) | ((t >= p) & (s >= p) & (s <= t))),
    "target_blind_to_target": (
        _with(lambda t, s, p: (s < p) & (t >= 0)),
        _with(lambda t, s, p: (s < p) | ((s == t) & (t >= p))),
    ),
    "everything_seen": _with(lambda t, s, p: (s >= 0) & (t >= 0) & (p >= 0)),
    "order_inverted": (
        _with(lambda t, s, p: (s < p) | (s >= t)),
        _with(lambda t, s, p: (s < p) | ((s >= t) & (t >= p))),
    ),
    "rows_are_columns": _with(lambda t, s, p: (t < p) | (t <= s)),
    "not_itself": _with(lambda t, s, p: (s < p) | (s < t)),
    "prefix_too_long": _with(lambda t, s, p: (s <= p) | (s <= t)),
    "prefix_too_short": _with(lambda t, s, p: (s < p - 1) | (s <= t)),
    "padding_unmasked": _with(_rule, rows=False, columns=False),
    "padding_sees": _with(_rule, rows=False),
}
