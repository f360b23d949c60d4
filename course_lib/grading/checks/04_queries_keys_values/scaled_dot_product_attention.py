"""Verdict of `scaled_dot_product_attention`: scale, mask, softmax, weighted sum."""

import numpy as np


def draw(generator):
    """Queries (B, T, K), keys (B, S, K), values (B, S, V), masks; some queries may see nothing."""
    cases = []
    for batch, length, keys, width, value_width, scale in (
        (1, 2, 3, 2, 2, 1.0),
        (2, 3, 5, 7, 3, 0.3),
        (3, 5, 7, 5, 11, 1.0),
        (2, 7, 3, 3, 3, 6.0),
        (1, 5, 5, 11, 5, 2.0),
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
    return cases


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
    "mask_too_weak": tuple(
        _with_weights(variant)
        for weak in (_lowered(1.0), _set_to(-1.0))
        for variant in (weak, _then_kept_if_any(weak))
    ),
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
