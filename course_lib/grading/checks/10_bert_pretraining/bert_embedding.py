"""Verdict of `bert_embedding`: token, segment and position added, then normalised."""

import numpy as np

EPSILON = 1e-12
TINY = 3e-4  # of tables: their variance is near 1e-7, below all epsilons that one finds in libraries


def draw(generator):
    """Packed pairs (B, T) of different lengths, padding behind them, and tables of usual and tiny size."""
    cases = []
    for batch, length, width, words, size in (
        (1, 3, 2, 5, 1.0),
        (2, 5, 3, 7, 1.0),
        (3, 7, 5, 11, TINY),
        (5, 5, 5, 7, 0.02),
        (7, 3, 11, 5, 10.0),
        (2, 11, 7, 13, TINY),
        (2, 3, 5, 3, 1e-6),
    ):
        ends = np.sort(generator.integers(1, length + 1, (batch, 2)), axis=1)  # of both segments
        ends[0] = length // 2, length
        ends[-1] = (1, length - 1) if batch > 1 else ends[-1]
        place = np.arange(length)
        tables = {
            "tokens": generator.normal(0, size, (words, width)),
            "segments": generator.normal(0, size, (2, width)),
            "positions": generator.normal(0, size, (length + 2 + batch % 3, width)),
        }
        token_ids = np.where(place < ends[:, 1:], generator.integers(1, words, (batch, length)), 0)
        token_ids[0, 0] = words - 1
        if batch == 5:  # a sum whose channels are all 0
            token_ids[0, 0] = 1
            for name, row in (("tokens", 1), ("segments", 0), ("positions", 0)):
                tables[name][row] = 0
        case = {
            "token_ids": token_ids,
            "segment_ids": ((place >= ends[:, :1]) & (place < ends[:, 1:])).astype("int32"),
            "tables": tables,
            "scale": generator.normal(1.5, 0.5, width),
            "shift": generator.normal(0, 1, width),
        }
        cases.append(case)
    return cases


def _sizes(case):
    """B, T, D, V, P"""
    words, width = case["tables"]["tokens"].shape
    return (*case["token_ids"].shape, width, words, len(case["tables"]["positions"]))


CONDITIONS = {
    "two segments": lambda case: (case["segment_ids"].max(axis=1) == 1).any(),
    "padding": lambda case: (case["token_ids"] == 0).any(),
    "padding behind a second segment": lambda case: (
        (case["token_ids"][:, -1] == 0) & case["segment_ids"].any(axis=1)
    ).any(),
    "a sequence without padding": lambda case: (case["token_ids"] != 0).all(axis=1).any(),
    "a sum whose channels are all 0": lambda case: (
        np.abs(_summed(**_without_norm(case))).max(-1) == 0
    ).any(),
    "a variance below 1e-6": lambda case: _summed(**_without_norm(case)).var(axis=-1).max() < 1e-6,
    "a variance near epsilon": lambda case: _summed(**_without_norm(case)).var(axis=-1).max() < 1e-9,
    "the last id of the vocabulary": lambda case: (case["token_ids"] == _sizes(case)[3] - 1).any(),
    "one sequence": lambda case: _sizes(case)[0] == 1,
    "as many sequences as positions": lambda case: _sizes(case)[0] == _sizes(case)[1],
    "as many positions as channels": lambda case: _sizes(case)[1] == _sizes(case)[2],
    "more sequences than positions": lambda case: _sizes(case)[0] > _sizes(case)[1],
    "three positions more than tokens": lambda case: _sizes(case)[4] > _sizes(case)[1] + 2,
}


def _without_norm(case):
    return {name: case[name] for name in ("token_ids", "segment_ids", "tables")}


def _rows(name, index):
    """The vectors of a table; `index` takes ids and segments (B, T)."""
    return lambda token_ids, segment_ids, tables: tables[name][index(token_ids, segment_ids)]


def _rows_or_nan(name, index):
    """The same, and NaN where the table has no such row, as JAX has it."""

    def look_up(token_ids, segment_ids, tables):
        rows = index(token_ids, segment_ids)
        number = len(tables[name])
        found = tables[name][np.minimum(rows, number - 1)]
        return np.where((rows < number)[..., None], found, np.nan)

    return look_up


def _places(token_ids, segment_ids):
    return np.broadcast_to(np.arange(token_ids.shape[1]), token_ids.shape)


_tokens = _rows("tokens", lambda token_ids, segment_ids: token_ids)
_segments = _rows("segments", lambda token_ids, segment_ids: segment_ids)
_positions = _rows("positions", _places)


def _nothing(token_ids, segment_ids, tables):
    return 0.0


def _summed(token_ids, segment_ids, tables):
    parts = (_tokens, _segments, _positions)
    return sum(part(token_ids, segment_ids, tables) for part in parts)


def _norm(values, scale, shift, epsilon=EPSILON, axes=-1, outside=0.0, freedom=0):
    variance = values.var(axis=axes, keepdims=True, ddof=freedom)
    centred = values - values.mean(axis=axes, keepdims=True)
    return scale * centred / (np.sqrt(variance + epsilon) + outside) + shift


def _embedding(tokens=_tokens, segments=_segments, positions=_positions, norm=_norm):
    """The answer, with parts exchanged."""

    def answer(token_ids, segment_ids, tables, scale, shift):
        parts = (part(token_ids, segment_ids, tables) for part in (tokens, segments, positions))
        return norm(sum(parts), scale, shift)

    return answer


reference = _embedding()


def _norm_with(**settings):
    return lambda values, scale, shift: _norm(values, scale, shift, **settings)


def _epsilons(*numbers):
    return tuple(_embedding(norm=_norm_with(epsilon=number)) for number in numbers)


def _each_normalised(count):
    """The first `count` of the three parts normalised, the others added as they are."""

    def answer(token_ids, segment_ids, tables, scale, shift):
        parts = [part(token_ids, segment_ids, tables) for part in (_tokens, _positions, _segments)]
        return sum(_norm(part, scale, shift) for part in parts[:count]) + sum(parts[count:])

    return answer


def _tokens_and_segments_normalised(token_ids, segment_ids, tables, scale, shift):
    given = token_ids, segment_ids, tables
    return _norm(_tokens(*given) + _segments(*given), scale, shift) + _positions(*given)


def _from_the_second(token_ids, segment_ids):
    """Counted anew where the second segment begins, and there alone."""
    places = _places(token_ids, segment_ids)
    begin = np.where(segment_ids.any(axis=1), segment_ids.argmax(axis=1), 0)
    return places - np.where(segment_ids == 1, begin[:, None], 0)


def _from_each_change(token_ids, segment_ids):
    """Counted anew wherever the segment changes, at padding, too."""
    places = _places(token_ids, segment_ids)
    changes = np.pad(np.diff(segment_ids, axis=1) != 0, ((0, 0), (1, 0)))
    return places - np.maximum.accumulate(np.where(changes, places, 0), axis=1)


def _behind_the_second(token_ids, segment_ids):
    """Counted anew in the second segment, and on from there at padding."""
    places = _places(token_ids, segment_ids)
    begin = np.where(segment_ids.any(axis=1), segment_ids.argmax(axis=1), 0)[:, None]
    return np.where(places >= begin, places - begin, places)


def _within_its_segment(token_ids, segment_ids):
    """How many tokens of the same segment stand before."""
    before = np.stack([np.cumsum(segment_ids == number, axis=1) - 1 for number in (0, 1)], axis=-1)
    return np.take_along_axis(before, segment_ids[..., None], axis=-1)[..., 0]


def _by_sentence(token_ids, segment_ids):
    return np.broadcast_to(np.arange(len(token_ids))[:, None], token_ids.shape)


def _later(amount):
    return _rows("positions", lambda *given: _places(*given) + amount)


def _fairseq(token_ids, segment_ids):
    """RoBERTa's count of real tokens, from 2; padding has position 1 (its own padding's id)."""
    return np.where(token_ids != 0, np.cumsum(token_ids != 0, axis=1) + 1, 1)


def _times_root(part):
    return lambda *given: part(*given) * np.sqrt(given[2]["tokens"].shape[1])


def _without_padding(part):
    return lambda *given: part(*given) * (given[0] != 0)[..., None]


def _padding_zeroed(token_ids, segment_ids, tables, scale, shift):
    return reference(token_ids, segment_ids, tables, scale, shift) * (token_ids != 0)[..., None]


def _segments_of_padding(token_ids, segment_ids):
    return np.where(token_ids == 0, 1, segment_ids)


MISTAKES = {
    "norm_missing": (
        _embedding(norm=lambda values, scale, shift: values),
        _embedding(norm=lambda values, scale, shift: scale * values + shift),
    ),
    "parts_normalised": (
        *(_each_normalised(count) for count in (1, 2, 3)),
        _tokens_and_segments_normalised,
    ),
    "segments_missing": _embedding(segments=_nothing),
    "positions_missing": _embedding(positions=_nothing),
    "segments_swapped": _embedding(segments=_rows("segments", lambda ids, segments: 1 - segments)),
    "positions_restart": tuple(
        _embedding(positions=_rows("positions", index))
        for index in (_from_the_second, _from_each_change, _behind_the_second, _within_its_segment)
    ),
    "positions_from_two": (
        _embedding(positions=_later(2)),
        _embedding(positions=_rows("positions", _fairseq)),
    ),
    "positions_from_one": _embedding(positions=_later(1)),
    "position_of_the_sentence": tuple(
        _embedding(positions=rows("positions", _by_sentence)) for rows in (_rows, _rows_or_nan)
    ),
    "tokens_scaled": (
        _embedding(tokens=_times_root(_tokens)),
        _embedding(tokens=_times_root(_tokens), segments=_times_root(_segments)),
    ),
    "padding_left_out": (
        _padding_zeroed,
        _embedding(tokens=_without_padding(_tokens)),
        _embedding(*(_without_padding(part) for part in (_tokens, _segments, _positions))),
    ),
    "padding_in_second_segment": _embedding(segments=_rows("segments", _segments_of_padding)),
    "epsilon_too_large": _epsilons(1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9),
    "epsilon_missing": _embedding(norm=_norm_with(epsilon=0.0)),
    "epsilon_outside": tuple(
        _embedding(norm=_norm_with(epsilon=0.0, outside=number)) for number in (1e-3, 1e-5, 1e-6, EPSILON)
    ),
    "normalised_over_positions": _embedding(norm=_norm_with(axes=1)),
    "whole_sentence_normalised": (
        _embedding(norm=_norm_with(axes=(1, 2))),
        _embedding(norm=_norm_with(axes=(0, 1, 2))),
        _embedding(norm=_norm_with(axes=(0, 1))),
    ),
    "unbiased_variance": _embedding(norm=_norm_with(freedom=1)),
    "scale_or_shift_forgotten": (
        _embedding(norm=lambda values, scale, shift: _norm(values, scale, 0.0)),
        _embedding(norm=lambda values, scale, shift: _norm(values, 1.0, shift)),
        *(
            _embedding(norm=lambda values, scale, shift, epsilon=epsilon: _norm(values, 1.0, 0.0, epsilon))
            for epsilon in (EPSILON, 1e-3, 1e-5, 1e-6)  # those of Keras, of PyTorch and of many others
        ),
    ),
    "scale_and_shift_swapped": _embedding(norm=lambda values, scale, shift: _norm(values, shift, scale)),
}
