"""Verdict of `MultiHeadAttention`: a layer with four named kernels."""

import numpy as np


def draw(generator):
    """Layers of many sizes; as many sentences as heads in one case, a query that sees nothing in another."""
    cases = []
    for batch, length, key_length, width, value_width, heads, key_dim, scale in (
        (1, 2, 3, 2, 3, 2, 2, 1.0),
        (2, 5, 7, 3, 5, 3, 7, 1.0),
        (3, 7, 3, 5, 2, 3, 2, 0.5),
        (2, 5, 5, 7, 7, 5, 3, 1.0),
        (3, 2, 11, 13, 5, 2, 5, 0.3),
    ):
        joined = heads * key_dim
        mask = generator.random((batch, length, key_length)) < 0.6
        mask[:, :, 0] |= ~mask.any(axis=-1)
        if batch == 2:
            mask[1, 1] = False
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
    return cases


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
    show=lambda weights: weights,
    heads_of=lambda heads: heads,
):
    """The answer, with parts exchanged."""

    def answer(config, weights, inputs):
        num_heads = heads_of(config["num_heads"])
        query = split(inputs["query"], weights["query_kernel"], num_heads)
        key = split(inputs["value"], weights["key_kernel"], num_heads)
        value = split(inputs["value"], weights[values], num_heads)
        scores = query @ key.swapaxes(-1, -2) / divisor(config["num_heads"], config["key_dim"])
        shares = weigh(scores, mask_of(inputs["attention_mask"]))
        return project(merge(shares @ value), weights["output_kernel"]), show(shares)

    return answer


reference = _attention()


def _merge_by_reshape(context):
    batch, heads, length, width = context.shape
    return context.reshape(batch, length, heads * width)


def _one_head(show):
    return _attention(
        heads_of=lambda heads: 1, divisor=lambda heads, key_dim: np.sqrt(heads * key_dim), show=show
    )


def _not_a_number(scores, mask):
    scores = np.where(mask, scores, -np.inf)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


MISTAKES = {
    "heads_not_split": (_one_head(lambda weights: weights), _one_head(lambda weights: weights[:, 0])),
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
        _attention(weigh=_not_a_number),
    ),
    "softmax_over_queries": _attention(weigh=lambda scores, mask: _masked_softmax(scores, mask, axis=-2)),
    "softmax_over_heads": _attention(weigh=lambda scores, mask: _masked_softmax(scores, mask, axis=1)),
    "keys_as_values": _attention(values="key_kernel"),
    "output_projection_missing": _attention(project=lambda context, kernel: context),
    "weights_averaged": _attention(show=lambda weights: weights.mean(axis=1)),
}
