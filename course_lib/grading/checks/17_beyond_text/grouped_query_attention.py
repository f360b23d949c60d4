"""Verdict of `grouped_query_attention`: causal heads, several of which read one group."""

import math

import numpy as np


def draw(generator):
    """Queries (B, N, T, K), keys and values (B, G, T, K); one group, some, and as many as heads."""
    cases = []
    for batch, heads, groups, length, width, size in (
        (1, 4, 2, 2, 2, 1.0),
        (2, 6, 2, 3, 5, 1.0),
        (3, 6, 3, 5, 2, 1.0),
        (2, 5, 5, 3, 7, 1.0),
        (2, 3, 1, 5, 3, 0.3),
        (1, 9, 3, 2, 3, 20.0),
        (4, 4, 2, 4, 4, 1.0),
    ):
        shape = (batch, groups, length, width)
        cases.append(
            {
                "query": generator.normal(0, size, (batch, heads, length, width)),
                "key": generator.normal(0, size, shape),
                "value": generator.normal(0, 1, shape),
            }
        )
    return cases


def _per_group(case):
    return case["query"].shape[1] // case["key"].shape[1]


CONDITIONS = {
    "several groups of several heads": lambda case: _per_group(case) > 1 and case["key"].shape[1] > 1,
    "more heads in a group than groups": lambda case: _per_group(case) > case["key"].shape[1] > 1,
    "more groups than heads in a group": lambda case: case["key"].shape[1] > _per_group(case) > 1,
    "as many groups as heads": lambda case: _per_group(case) == 1 and case["key"].shape[1] > 1,
    "one group": lambda case: case["key"].shape[1] == 1 and _per_group(case) > 1,
    "large scores": lambda case: np.abs(case["query"]).max() > 20,
    "one sequence": lambda case: len(case["query"]) == 1,
    "as many sequences as heads, positions and channels": lambda case: len(set(case["query"].shape)) == 1,
}


def _causal(length):
    return np.arange(length) <= np.arange(length)[:, None]


def _softmax(scores, mask, axis=-1):
    """With a large negative number in place of what is masked, so that nothing to see is all to see."""
    scores = np.where(mask, scores, -1e30)
    shares = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return shares / shares.sum(axis=axis, keepdims=True)


def _own(heads, groups):
    return np.arange(heads) // (heads // groups)


def _in_turn(heads, groups):
    return np.arange(heads) % groups


def _width(query, key):
    return query.shape[-1]


def _with(of_keys=_own, of_values=_own, mask=_causal, softmax=_softmax, scale=_width):
    """The answer with parts exchanged; `scale` is squared."""

    def answer(query, key, value):
        heads, groups = query.shape[1], key.shape[1]
        keys, values = key[:, of_keys(heads, groups)], value[:, of_values(heads, groups)]
        scores = query @ keys.swapaxes(2, 3) / math.sqrt(scale(query, key))
        return softmax(scores, mask(query.shape[2])) @ values

    return answer


reference = _with()


def _grouped_by(of_heads):
    return _with(of_keys=of_heads, of_values=of_heads)


def _averaged(query, key, value):
    return reference(query, key.mean(axis=1, keepdims=True), value.mean(axis=1, keepdims=True))


def _summed(query, key, value):
    return reference(query, key.sum(axis=1, keepdims=True), value.sum(axis=1, keepdims=True))


def _heads_out_of_order(query, key, value):
    """The heads of all groups in turn in what is returned."""
    right = reference(query, key, value)
    batch, heads, length, width = right.shape
    groups = key.shape[1]
    parts = right.reshape(batch, groups, heads // groups, length, width)
    return parts.swapaxes(1, 2).reshape(right.shape)


def _masked_afterwards(scores, mask):
    return _softmax(scores, np.ones_like(mask)) * mask


def _everything(length):
    return np.ones((length, length), bool)


MISTAKES = {
    "groups_in_turn": _grouped_by(_in_turn),
    "keys_and_values_of_different_groups": (
        _with(of_values=_in_turn),
        _with(of_keys=_in_turn),
        _with(of_values=lambda heads, groups: np.zeros(heads, int)),
        _with(of_keys=lambda heads, groups: np.zeros(heads, int)),
    ),
    "first_group_for_all": _grouped_by(lambda heads, groups: np.zeros(heads, int)),
    "groups_averaged": (_averaged, _summed),
    "groups_reversed": _grouped_by(lambda heads, groups: _own(heads, groups)[::-1]),
    "heads_out_of_order": _heads_out_of_order,
    "sees_the_future": _with(mask=_everything),
    "order_inverted": _with(mask=lambda length: _causal(length).T),
    "not_itself": (
        _with(mask=lambda length: np.arange(length) < np.arange(length)[:, None]),
        _with(mask=lambda length: np.arange(length) < np.maximum(np.arange(length), 1)[:, None]),
    ),
    "mask_after_softmax": _with(softmax=_masked_afterwards),
    "softmax_over_another_axis": (
        _with(softmax=lambda scores, mask: _softmax(scores, mask, axis=-2)),
        _with(softmax=lambda scores, mask: _softmax(scores, mask, axis=1)),
    ),
    "scale_missing": _with(scale=lambda query, key: 1),
    "scale_of_another_size": (
        _with(scale=lambda query, key: query.shape[-1] ** 2),
        _with(scale=lambda query, key: query.shape[-1] * query.shape[1]),
        _with(scale=lambda query, key: query.shape[-1] * key.shape[1]),
        _with(scale=lambda query, key: query.shape[-1] * query.shape[1] // key.shape[1]),
        _with(scale=lambda query, key: query.shape[2]),
    ),
}
