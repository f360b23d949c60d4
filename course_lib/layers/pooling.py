"""One vector for a whole sequence."""

from keras import ops

from course_lib.layers.masks import as_mask

POOLINGS = ("pooler", "first", "mean", "last")


def pool(outputs, padding_mask, pooling):
    """One vector for each sequence, from what a backbone says of its tokens.

    "pooler": `outputs["pooled_output"]`, what the backbone itself makes of its first token
    "first":  `sequence_output[b, 0]`
    "mean":   `sum_t mask[b, t] sequence_output[b, t] / sum_t mask[b, t]`, over real tokens alone
    "last":   `sequence_output[b, t]` at the last real token, which has read all others from the left

    Args:
        outputs: dict of "sequence_output" `(B, T, D)` and, for "pooler", "pooled_output" `(B, D)`.
        padding_mask: bool `(B, T)`, `True` at real tokens, behind which padding stands.
        pooling: one of the four.

    Returns:
        `(B, D)`; zeros for the mean of no tokens.

    Raises:
        ValueError: if `pooling` is none of these, or the backbone has no pooler; or the mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.pooling import pool
        >>> outputs = {"sequence_output": ops.array([[[1.0, 0.0], [3.0, 4.0], [9.0, 9.0]]])}
        >>> mask = ops.array([[True, True, False]])
        >>> [ops.convert_to_numpy(pool(outputs, mask, name)).tolist() for name in ("first", "mean", "last")]
        [[[1.0, 0.0]], [[2.0, 2.0]], [[3.0, 4.0]]]

    Reference: Reimers and Gurevych (2019), section 3, https://arxiv.org/abs/1908.10084 (mean)
    """
    check_pooling(pooling)
    if pooling == "pooler":
        if "pooled_output" not in outputs:
            raise ValueError("`pooling='pooler'` needs a backbone with a pooler. Received one without.")
        return outputs["pooled_output"]
    sequence_output = outputs["sequence_output"]
    if pooling == "first":
        return sequence_output[:, 0]
    mask = as_mask(padding_mask)
    if pooling == "mean":
        kept = ops.where(mask[..., None], sequence_output, ops.zeros_like(sequence_output))
        # In float32: half precision loses count beyond 2,048.
        total = ops.sum(ops.cast(kept, "float32"), axis=1)
        number = ops.sum(ops.cast(mask, "float32"), axis=1, keepdims=True)
        return ops.cast(total / ops.maximum(number, 1.0), sequence_output.dtype)
    last = ops.maximum(ops.sum(ops.cast(mask, "int32"), axis=1) - 1, 0)
    return ops.take_along_axis(sequence_output, last[:, None, None], axis=1)[:, 0]


def check_pooling(pooling):
    """Refuses a way of pooling that is not known."""
    if pooling not in POOLINGS:
        raise ValueError(f"`pooling` must be one of {POOLINGS}. Received: pooling={pooling!r}.")


def pooled_shape(shapes, pooling):
    """The shape of what `pool` gives, from those of a backbone's outputs."""
    check_pooling(pooling)
    if pooling == "pooler" and "pooled_output" in shapes:
        return shapes["pooled_output"]
    batch, _, width = shapes["sequence_output"]
    return (batch, width)
