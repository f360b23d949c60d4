"""Verdict of `scaled_dot_product_attention`: scale, mask, softmax, weighted sum."""

import numpy as np


def draw(generator):
    """Queries (B, T, K), keys (B, S, K), values (B, S, V), masks; some queries may see nothing."""
    cases = []
    for batch, length, keys, width, value_width, scale in (
        (1, 2, 3, 2, 2, 1.0),
        (2, 3, 5, 7, 3, 0.3),
        (3, 5, 7, 5, 11, 1.0),
        (2, 7, 3, 3, 3, 2.0),
        (1, 5, 5, 11, 5, 1.5),
    ):
        mask = generator.random((batch, length, keys)) < 0.6
        mask[..., 0] |= ~mask.any(axis=-1)
        mask[0, 0, 0], mask[0, 0, -1] = True, False
        if length != 2:
            mask[-1, -1] = False
        cases.append(
            {
                "query": generator.normal(0, scale, (batch, length, width)),
                "key": generator.normal(0, scale, (batch, keys, width)),
                "value": generator.normal(0, 1, (batch, keys, value_width)),
                "mask": mask,
            }
        )
    padding = np.arange(5) < np.array([[5], [3]])
    cases.append({**cases[1], "mask": padding[:, None, :]})
    cases.append({**cases[1], "mask": np.array([[False, True, False, True, True], [True] * 5, [False] * 5])})
    cases.append({**cases[0], "mask": np.array([False, True, True])})
    cases.append({**cases[0], "mask": np.array([[[True], [False]]])})
    cases.append(_far(generator))
    return cases


def _far(generator):
    """Scores near 900, -900 and 0, exact in float32: quarters of a few bits, and 16 wide."""
    query, key = (np.round(generator.normal(0, 2, shape)) / 4 for shape in ((2, 3, 16), (2, 4, 16)))
    mask = np.array([[True, False, True, True], [False, True, True, False], [True] * 4])
    key[:, :, 0], query[:, :, 0] = 60, np.array([[60, -60, -60], [0, 0, 0]])
    key[:, :, 1], query[:, :, 1] = ~mask[:2] * 60, np.array([[0, 0, 0], [60, 2, 60]])
    return {
        "query": query,
        "key": key,
        "value": generator.normal(0, 1, (2, 4, 5)),
        "mask": np.stack([mask, mask[[1, 1, 2]]]),
    }


def _rows(case, is_kept):
    """The largest score of each query among the keys it may see, or may not. (B, T)"""
    scores = _scores(case["query"], case["key"])
    return np.where(np.broadcast_to(case["mask"], scores.shape) == is_kept, scores, -np.inf).max(axis=-1)


CONDITIONS = {
    "a query that may see nothing": lambda case: not case["mask"].any(axis=-1).all(),
    "a query that may see everything": lambda case: case["mask"].all(axis=-1).any(),
    "a hidden key between two that may be seen": lambda case: (
        (np.diff(case["mask"].astype(int)) > 0) & case["mask"][..., :-1].cumsum(axis=-1).astype(bool)
    ).any(),
    "a hidden first key, and others that may be seen": lambda case: (
        ~case["mask"][..., 0] & case["mask"].any(axis=-1)
    ).any(),
    "a mask of rank 1": lambda case: case["mask"].ndim == 1,
    "a mask of rank 2": lambda case: case["mask"].ndim == 2 and len(case["query"]) > 1,
    "a mask that is the same for all queries": lambda case: case["mask"].shape[-2:-1] == (1,),
    "a mask that is the same for all keys": lambda case: case["mask"].shape[-1] == 1,
    "scores beyond 709": lambda case: (_rows(case, True) > 709).any(),
    "a query of which all scores are below -750": lambda case: (
        np.maximum(_rows(case, True), _rows(case, False)) < -750
    ).any(),
    "a hidden score far above those that may be seen": lambda case: (
        np.isfinite(_rows(case, True)) & (_rows(case, False) > _rows(case, True) + 750)
    ).any(),
    "keys and values of different width": lambda case: case["key"].shape != case["value"].shape,
    "keys and values of one shape": lambda case: case["key"].shape == case["value"].shape,
    "as many queries as keys": lambda case: case["query"].shape == case["key"].shape,
    "one sentence": lambda case: len(case["query"]) == 1,
}


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _scores(query, key):
    return query @ key.swapaxes(-1, -2) / np.sqrt(query.shape[-1])


def _kept(weights, mask):
    return np.where(mask, weights, 0.0)


def _with_weights(weigh):
    """The answer with other weights, a function of scores and mask."""

    def answer(query, key, value, mask):
        weights = weigh(_scores(query, key), mask)
        return weights @ value, weights

    return answer


def _masked(scores, mask):
    return _kept(_softmax(np.where(mask, scores, -1e9)), mask)


reference = _with_weights(_masked)


def _with_divisor(divisor):
    """The answer with another divisor of the scores, a function of query and key."""

    def answer(query, key, value, mask):
        weights = _masked(query @ key.swapaxes(-1, -2) / divisor(query, key), mask)
        return weights @ value, weights

    return answer


def _keys_as_values(query, key, value, mask):
    return reference(query, key, key, mask)


def _lowered(amount):
    return lambda scores, mask: _softmax(np.where(mask, scores, scores - amount))


def _set_to(low):
    return lambda scores, mask: _softmax(np.where(mask, scores, low))


def _then_kept_if_any(weigh):
    """As `weigh`, but with zeros for a query that may see nothing."""
    return lambda scores, mask: np.where(mask.any(axis=-1, keepdims=True), weigh(scores, mask), 0.0)


def _then_kept(weigh):
    """As `weigh`, but what hidden keys got is taken away afterwards."""
    return lambda scores, mask: _kept(weigh(scores, mask), mask)


def _half_zeroed(weigh):
    """Zeros for a query that may see nothing in the context alone."""

    def answer(query, key, value, mask):
        weights = weigh(_scores(query, key), mask)
        return np.where(mask.any(axis=-1, keepdims=True), weights @ value, 0.0), weights

    return answer


def _zeroed_late(weigh):
    """Zeros for a query that may see nothing in the weights alone."""

    def answer(query, key, value, mask):
        weights = weigh(_scores(query, key), mask)
        return weights @ value, _kept(weights, mask)

    return answer


def _share(total_of):
    """The exponentials by their sum, made fit for division in one way or another."""
    return lambda exponentials: exponentials / total_of(exponentials.sum(axis=-1, keepdims=True))


_SHARES = [
    _share(lambda total: total),
    _share(lambda total: np.where(total == 0, 1, total)),
    _share(lambda total: total + 1e-9),
    _share(lambda total: np.maximum(total, 1e-9)),
]


def _bare(share, dtype, hide):
    return _with_weights(lambda scores, mask: share(hide(scores.astype(dtype), mask)))


def _renormalised(share):
    return _with_weights(lambda scores, mask: share(_softmax(scores) * mask))


def _of_hidden_maximum(share):
    return _with_weights(
        lambda scores, mask: share(np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask)
    )


MISTAKES = {
    "mask_inverted": (
        _with_weights(lambda scores, mask: _masked(scores, ~mask)),
        _with_weights(lambda scores, mask: _softmax(np.where(mask, -1e9, scores))),
    ),
    "mask_after_softmax": _with_weights(lambda scores, mask: _kept(_softmax(scores), mask)),
    "mask_ignored": (
        _with_weights(lambda scores, mask: _softmax(scores)),
        _with_weights(_then_kept_if_any(lambda scores, mask: _softmax(scores))),
    ),
    "hidden_maximum": tuple(form(share) for form in (_renormalised, _of_hidden_maximum) for share in _SHARES),
    "mask_too_weak": tuple(
        _with_weights(variant)
        for weak in (
            *(_lowered(amount) for amount in (1, 2, 5, 10, 20)),
            *(_set_to(-amount) for amount in (1, 2, 5, 10, 20, 50, 100)),
        )
        for variant in (weak, _then_kept_if_any(weak), _then_kept(weak))
    ),
    "overflow": tuple(
        _bare(share, dtype, hide)
        for hide in (
            lambda scores, mask: np.exp(scores) * mask,
            lambda scores, mask: np.exp(np.where(mask, scores, -1e9)),
        )
        for share in _SHARES
        for dtype in ("float32", "float64")
    ),
    "weights_not_zeroed": (_half_zeroed(_set_to(-1e9)), _half_zeroed(_set_to(-np.inf))),
    "context_not_zeroed": (_zeroed_late(_set_to(-1e9)), _zeroed_late(_set_to(-np.inf))),
    "scores_set_to_zero": (_with_weights(_set_to(0.0)), _with_weights(_then_kept_if_any(_set_to(0.0)))),
    "empty_row_uniform": _with_weights(_set_to(-1e9)),
    "empty_row_nan": _with_weights(_set_to(-np.inf)),
    "scale_missing": _with_divisor(lambda query, key: 1.0),
    "scaled_by_width": _with_divisor(lambda query, key: query.shape[-1]),
    "scaled_by_length": _with_divisor(lambda query, key: np.sqrt(key.shape[-2])),
    "wrong_axis": (
        _with_weights(lambda scores, mask: _kept(_softmax(np.where(mask, scores, -1e9), axis=-2), mask)),
        _with_weights(lambda scores, mask: _softmax(np.where(mask, scores, -1e9), axis=-2)),
    ),
    "keys_as_values": _keys_as_values,
}
