"""Verdict of `factorised_embedding`: three narrow vectors added, normalised, and widened together."""

import numpy as np

EPSILON = 1e-12


def draw(generator):
    """Ids (B, T), tables E wide, a matrix (E, D); E below, at and above D; spare positions; tiny tables."""
    cases = []
    for batch, length, narrow, wide, words, positions, size in (
        (1, 2, 2, 3, 5, 3, 1.0),
        (2, 5, 3, 7, 11, 5, 1.0),
        (3, 7, 5, 5, 7, 11, 2.0),
        (5, 5, 7, 3, 13, 7, 0.3),
        (7, 3, 5, 11, 3, 5, 1e-3),
        (2, 11, 3, 13, 17, 13, 1.0),
        (2, 3, 5, 7, 5, 3, 1e-6),
    ):
        case = _case(generator, batch, length, narrow, wide, words, positions, size)
        while not _is_told_from_rounding(case):
            case = _case(generator, batch, length, narrow, wide, words, positions, size)
        cases.append(case)
    return cases


def _case(generator, batch, length, narrow, wide, words, positions, size):
    first = generator.integers(1, length, batch)[:, None]
    return {
        "token_ids": generator.integers(0, words, (batch, length)),
        "segment_ids": (np.arange(length) >= first).astype(int),
        "tables": {
            "tokens": generator.normal(0, size, (words, narrow)),
            "segments": generator.normal(0, size, (2, narrow)),
            "positions": generator.normal(0, size, (positions, narrow)),
        },
        "norm": {
            "scale": generator.normal(1.5, 0.5, narrow),
            "shift": generator.normal(0, 1, narrow),
        },
        "projection": {
            "kernel": generator.normal(0, 1, (narrow, wide)),
            "bias": generator.normal(0, 1, wide),
        },
    }


def _is_told_from_rounding(case):
    """Whether no variance is so small that, as a difference of two means in float32, it is rounding."""
    tables = case["tables"]
    summed = tables["tokens"][case["token_ids"]] + tables["segments"][case["segment_ids"]]
    summed = summed + tables["positions"][: summed.shape[1]]
    return (summed.var(axis=-1) > 0.012 * summed.mean(axis=-1) ** 2).all()


def _sizes(case):
    """T, E, D, V, P"""
    words, narrow = case["tables"]["tokens"].shape
    positions = len(case["tables"]["positions"])
    return case["token_ids"].shape[1], narrow, case["projection"]["kernel"].shape[1], words, positions


CONDITIONS = {
    "tables narrower than the blocks": lambda case: _sizes(case)[1] < _sizes(case)[2],
    "tables as wide as the blocks": lambda case: _sizes(case)[1] == _sizes(case)[2],
    "tables wider than the blocks": lambda case: _sizes(case)[1] > _sizes(case)[2],
    "more rows of positions than tokens": lambda case: _sizes(case)[4] > _sizes(case)[0],
    "as many rows of positions as tokens": lambda case: _sizes(case)[4] == _sizes(case)[0],
    "both segments": lambda case: case["segment_ids"].min() == 0 and case["segment_ids"].max() == 1,
    "small vectors": lambda case: np.abs(case["tables"]["tokens"]).max() < 0.01,
    "vectors of a millionth": lambda case: np.abs(case["tables"]["tokens"]).max() < 1e-5,
    "one sequence": lambda case: len(case["token_ids"]) == 1,
}


def _norm(values, norm, epsilon=EPSILON, axis=-1, outside=0.0):
    centred = values - values.mean(axis=axis, keepdims=True)
    variance = (centred**2).mean(axis=axis, keepdims=True)
    return norm["scale"] * centred / (np.sqrt(variance + epsilon) + outside) + norm["shift"]


def _widened(values, projection):
    return values @ projection["kernel"] + projection["bias"]


def _sum(token_ids, segment_ids, tables, without=()):
    parts = {
        "tokens": tables["tokens"][token_ids],
        "segments": tables["segments"][segment_ids],
        "positions": tables["positions"][: token_ids.shape[1]][None],
    }
    return sum(part for name, part in parts.items() if name not in without) + np.zeros_like(parts["tokens"])


def _embedding(add=_sum, normalised=_norm, widen=_widened):
    """The answer, with parts exchanged."""

    def answer(token_ids, segment_ids, tables, norm, projection):
        return widen(normalised(add(token_ids, segment_ids, tables), norm), projection)

    return answer


reference = _embedding()


def _norm_last(token_ids, segment_ids, tables, norm, projection):
    """Widened first; a norm of E numbers does not fit where D is another one."""
    return _norm(_widened(_sum(token_ids, segment_ids, tables), projection), norm)


def _norm_last_without_weights(token_ids, segment_ids, tables, norm, projection):
    plain = {"scale": 1.0, "shift": 0.0}
    return _norm(_widened(_sum(token_ids, segment_ids, tables), projection), plain)


def _tokens_alone_widened(token_ids, segment_ids, tables, norm, projection):
    tokens = _widened(tables["tokens"][token_ids], projection)
    return _norm(tokens + tables["segments"][segment_ids] + tables["positions"][: token_ids.shape[1]], norm)


def _each_normalised(token_ids, segment_ids, tables, norm, projection):
    parts = (
        tables["tokens"][token_ids],
        tables["segments"][segment_ids],
        tables["positions"][: token_ids.shape[1]][None],
    )
    return _widened(sum(_norm(part, norm) for part in parts), projection)


def _by_token(token_ids, segment_ids, tables):
    rows = np.minimum(token_ids, len(tables["positions"]) - 1)
    return tables["tokens"][token_ids] + tables["segments"][segment_ids] + tables["positions"][rows]


def _last_positions(token_ids, segment_ids, tables):
    places = tables["positions"][-token_ids.shape[1] :]
    return tables["tokens"][token_ids] + tables["segments"][segment_ids] + places


def _from_one(token_ids, segment_ids, tables):
    rows = (np.arange(token_ids.shape[1]) + 1) % len(tables["positions"])
    return tables["tokens"][token_ids] + tables["segments"][segment_ids] + tables["positions"][rows]


def _transposed(values, projection):
    return values @ projection["kernel"].T + projection["bias"]


MISTAKES = {
    "widened_before_the_norm": (_norm_last, _norm_last_without_weights),
    "tokens_alone_widened": _tokens_alone_widened,
    "each_normalised": _each_normalised,
    "norm_missing": _embedding(normalised=lambda values, norm: values),
    "scale_or_shift_forgotten": (
        _embedding(normalised=lambda values, norm: _norm(values, {"scale": 1.0, "shift": 0.0})),
        _embedding(normalised=lambda values, norm: _norm(values, {**norm, "scale": 1.0})),
        _embedding(normalised=lambda values, norm: _norm(values, {**norm, "shift": 0.0})),
    ),
    "epsilon_too_large": tuple(
        _embedding(normalised=lambda values, norm, e=10.0**-power: _norm(values, norm, e))
        for power in range(3, 9)
    ),
    "epsilon_outside": tuple(
        _embedding(normalised=lambda values, norm, e=number: _norm(values, norm, epsilon=0.0, outside=e))
        for number in (1e-3, 1e-5, 1e-6, EPSILON)
    ),
    "normalised_over_places": _embedding(normalised=lambda values, norm: _norm(values, norm, axis=1)),
    "segments_missing": _embedding(add=lambda *given: _sum(*given, without=("segments",))),
    "positions_missing": _embedding(add=lambda *given: _sum(*given, without=("positions",))),
    "wrong_rows_of_positions": (
        _embedding(add=_by_token),
        _embedding(add=_last_positions),
        _embedding(add=_from_one),
    ),
    "not_widened": _embedding(widen=lambda values, projection: values),
    "bias_missing": _embedding(widen=lambda values, projection: values @ projection["kernel"]),
    "kernel_transposed": _embedding(widen=_transposed),
}
