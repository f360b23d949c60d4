"""Verdict of `MultiHeadAttention`: a layer with four named kernels."""

import numpy as np


def draw(generator):
    """Layers of many sizes; as many sentences as heads in one case, queries that see nothing in others."""
    cases = []
    for batch, length, key_length, width, value_width, heads, key_dim, scale in (
        (1, 2, 3, 2, 3, 2, 2, 1.0),
        (2, 5, 7, 3, 5, 3, 7, 1.0),
        (3, 7, 3, 5, 2, 3, 2, 0.5),
        (2, 5, 5, 7, 7, 5, 3, 1.0),
        (3, 2, 11, 13, 5, 2, 5, 0.3),
        (2, 1, 5, 3, 2, 1, 3, 1.0),
        (2, 3, 5, 2, 3, 5, 1, 1.0),
        (2, 3, 5, 3, 2, 3, 2, 0.3),
    ):
        joined = heads * key_dim
        mask = generator.random((batch, length, key_length)) < 0.6
        mask[:, :, 0] |= ~mask.any(axis=-1)
        mask[0, 0] = batch == 3 or np.arange(key_length) != 1
        if batch == 2:
            mask[-1, -1] = False
        cases.append(
            {
                "config": {"num_heads": heads, "key_dim": key_dim},
                "weights": {
                    "query_kernel": generator.normal(0, 1, (width, joined)),
                    "key_kernel": generator.normal(0, 1, (value_width, joined)),
                    "value_kernel": generator.normal(0, 1, (value_width, joined)),
                    "output_kernel": generator.normal(0, 1, (joined, width)),
                },
                "inputs": {
                    "query": generator.normal(0, scale, (batch, length, width)),
                    "value": generator.normal(0, scale, (batch, key_length, value_width)),
                    "attention_mask": mask,
                },
            }
        )
    _lower_what_is_seen(**cases[-1])
    return cases


def _lower_what_is_seen(config, weights, inputs):
    """Gives -36 / √K to keys that are seen, through the first columns of inputs and heads."""
    seen = np.array([[True, False, True, True, False], [False, True, True, False, True]])
    inputs["attention_mask"][:] = seen[:, None]
    inputs["query"][:, :, 0], inputs["value"][:, :, 0] = 1, seen
    weights["query_kernel"][0] = np.tile([6, 0], config["num_heads"])
    weights["key_kernel"][0] = np.tile([-6, 0], config["num_heads"])


def _scores(case):
    """(B, N, T, S)"""
    heads, width = case["config"]["num_heads"], case["config"]["key_dim"]
    query = _split(case["inputs"]["query"], case["weights"]["query_kernel"], heads)
    key = _split(case["inputs"]["value"], case["weights"]["key_kernel"], heads)
    return query @ key.swapaxes(-1, -2) / np.sqrt(width)


def _largest(case, is_seen):
    mask = case["inputs"]["attention_mask"][:, None]
    return np.where(mask == is_seen, _scores(case), -np.inf).max(axis=-1)


def _mask(case):
    return case["inputs"]["attention_mask"]


def _shape(case):
    """B, T, S, D, width of the values, N, K"""
    query, value = case["inputs"]["query"].shape, case["inputs"]["value"].shape
    return (*query[:2], value[1], query[2], value[2], case["config"]["num_heads"], case["config"]["key_dim"])


CONDITIONS = {
    "a query that sees nothing": lambda case: not _mask(case).any(axis=-1).all(),
    "a query that sees everything": lambda case: _mask(case).all(axis=-1).any(),
    "a hidden key between two that are seen": lambda case: (
        (np.diff(_mask(case).astype(int)) > 0) & _mask(case)[..., :-1].cumsum(axis=-1).astype(bool)
    ).any(),
    "a hidden first key, and others that are seen": lambda case: (
        ~_mask(case)[..., 0] & _mask(case).any(axis=-1)
    ).any(),
    "scores that are seen below -15, hidden ones near 0": lambda case: (
        (_largest(case, True) < -15) & (np.abs(_largest(case, False)) < 8)
    ).any(),
    "as many sentences as heads": lambda case: _shape(case)[0] == _shape(case)[5] > 1,
    "one sentence": lambda case: _shape(case)[0] == 1,
    "one query of several sentences": lambda case: _shape(case)[1] == 1 < _shape(case)[0],
    "as many queries as keys, and as wide": lambda case: (
        _shape(case)[1] == _shape(case)[2] and _shape(case)[3] == _shape(case)[4]
    ),
    "queries and values of different width": lambda case: _shape(case)[3] != _shape(case)[4],
    "one head": lambda case: _shape(case)[5] == 1,
    "several heads of one column": lambda case: _shape(case)[5] > _shape(case)[6] == 1,
    "heads that are together wider than the queries": lambda case: (
        _shape(case)[5] * _shape(case)[6] > _shape(case)[3]
    ),
}


def _split(inputs, kernel, heads):
    projected = inputs @ kernel
    return projected.reshape(*projected.shape[:2], heads, -1).transpose(0, 2, 1, 3)


def _reshape(inputs, kernel, heads):
    projected = inputs @ kernel
    return projected.reshape(projected.shape[0], heads, projected.shape[1], -1)


def _merge(context):
    swapped = context.transpose(0, 2, 1, 3)
    return swapped.reshape(*swapped.shape[:2], -1)


def _softmax(scores, axis):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _masked_softmax(scores, mask, axis=-1):
    return _softmax(np.where(mask, scores, -1e9), axis) * mask


def _attention(
    split=_split,
    merge=_merge,
    weigh=_masked_softmax,
    mask_of=lambda mask: mask[:, None],
    divisor=lambda heads, key_dim: np.sqrt(key_dim),
    values="value_kernel",
    project=lambda context, kernel: context @ kernel,
    show=lambda weights, mask: weights,
    keep=lambda context, mask: context,
    heads_of=lambda heads: heads,
):
    """The answer, with parts exchanged."""

    def answer(config, weights, inputs):
        num_heads = heads_of(config["num_heads"])
        query = split(inputs["query"], weights["query_kernel"], num_heads)
        key = split(inputs["value"], weights["key_kernel"], num_heads)
        value = split(inputs["value"], weights[values], num_heads)
        scores = query @ key.swapaxes(-1, -2) / divisor(config["num_heads"], config["key_dim"])
        mask = inputs["attention_mask"]
        shares = weigh(scores, mask_of(mask))
        context = keep(shares @ value, mask[:, None])
        return project(merge(context), weights["output_kernel"]), show(shares, mask[:, None])

    return answer


reference = _attention()


def _merge_by_reshape(context):
    batch, heads, length, width = context.shape
    return context.reshape(batch, length, heads * width)


def _one_head(show):
    return _attention(
        heads_of=lambda heads: 1, divisor=lambda heads, key_dim: np.sqrt(heads * key_dim), show=show
    )


def _hidden_at(low, times_mask=False):
    def weigh(scores, mask):
        weights = _softmax(np.where(mask, scores, low), -1)
        return np.where(mask, weights, 0.0) if times_mask else weights

    return weigh


def _lowered_by(amount, times_mask):
    def weigh(scores, mask):
        weights = _softmax(np.where(mask, scores, scores - amount), -1)
        return np.where(mask, weights, 0.0) if times_mask else weights

    return weigh


def _zeroed_if_empty(context, mask):
    return np.where(mask.any(axis=-1, keepdims=True), context, 0.0)


MISTAKES = {
    "heads_not_split": (
        _one_head(lambda weights, mask: weights),
        _one_head(lambda weights, mask: weights[:, 0]),
    ),
    "split_by_reshape": (_attention(split=_reshape), _attention(split=_reshape, merge=_merge_by_reshape)),
    "merged_by_reshape": _attention(merge=_merge_by_reshape),
    "scale_missing": _attention(divisor=lambda heads, key_dim: 1.0),
    "scaled_by_all_heads": _attention(divisor=lambda heads, key_dim: np.sqrt(heads * key_dim)),
    "scale_without_root": _attention(divisor=lambda heads, key_dim: key_dim),
    "mask_ignored": _attention(weigh=lambda scores, mask: _softmax(scores, -1)),
    "mask_inverted": (
        _attention(mask_of=lambda mask: ~mask[:, None]),
        _attention(weigh=lambda scores, mask: _softmax(np.where(mask, -1e9, scores), -1)),
    ),
    "mask_on_wrong_axis": _attention(mask_of=lambda mask: mask),
    "mask_after_softmax": _attention(weigh=lambda scores, mask: _softmax(scores, -1) * mask),
    "empty_row_not_zero": (
        _attention(weigh=lambda scores, mask: _softmax(np.where(mask, scores, -1e9), -1)),
        _attention(weigh=_hidden_at(-np.inf)),
        _attention(weigh=_hidden_at(-1e9), show=lambda weights, mask: weights * mask),
        *(_attention(weigh=_hidden_at(low), keep=_zeroed_if_empty) for low in (-1e9, -np.inf)),
    ),
    "mask_too_weak": tuple(
        _attention(weigh=_hidden_at(low, times_mask))
        for low in (0, -1, -5, -10)
        for times_mask in (False, True)
    )
    + tuple(
        _attention(weigh=_lowered_by(amount, times_mask))
        for amount in (1, 5, 10)
        for times_mask in (False, True)
    ),
    "softmax_over_queries": _attention(weigh=lambda scores, mask: _masked_softmax(scores, mask, axis=-2)),
    "softmax_over_heads": _attention(weigh=lambda scores, mask: _masked_softmax(scores, mask, axis=1)),
    "keys_as_values": _attention(values="key_kernel"),
    "output_projection_missing": _attention(project=lambda context, kernel: context),
    "weights_averaged": _attention(show=lambda weights, mask: weights.mean(axis=1)),
}
