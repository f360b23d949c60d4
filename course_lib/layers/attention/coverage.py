"""Coverage: what has been attended to already."""

from keras import ops

from course_lib.layers.masks import as_mask


def coverage(attention_weights):
    """How much attention each source position had received before each step.

    `coverage[b, t, s] = sum_{t' < t} attention_weights[b, t', s]`

    Args:
        attention_weights: float tensor `(B, T, S)`.

    Returns:
        float tensor `(B, T, S)`; the first step's coverage is zero.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import coverage
        >>> ops.convert_to_numpy(coverage(ops.array([[[1.0, 0.0], [0.25, 0.75]]]))).tolist()
        [[[0.0, 0.0], [1.0, 0.0]]]

    Reference: Tu et al. (2016), https://arxiv.org/abs/1601.04811
    Taught in: notebooks/03_attention
    """
    return ops.cumsum(attention_weights, axis=1) - attention_weights


def coverage_penalty(attention_weights, target_mask):
    """What it costs to attend again to what was attended to before: a term to add to a loss.

    `penalty = mean over real target positions (b, t) of sum_s min(weights[b, t, s], coverage[b, t, s])`

    It is 0 if no source position is visited twice and at most 1.

    Args:
        attention_weights: float tensor `(B, T, S)`.
        target_mask: bool tensor `(B, T)`, `True` at real target tokens: padding counts nowhere.

    Returns:
        float scalar.

    Raises:
        ValueError: if the mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import coverage_penalty
        >>> stays, moves = [[[1.0, 0.0], [1.0, 0.0]]], [[[1.0, 0.0], [0.0, 1.0]]]
        >>> [float(coverage_penalty(ops.array(w), [[True, True]])) for w in (stays, moves)]
        [0.5, 0.0]

    Reference: See et al. (2017), equation 12, https://arxiv.org/abs/1704.04368
    Taught in: notebooks/03_attention
    """
    overlap = ops.sum(ops.minimum(attention_weights, coverage(attention_weights)), axis=-1)  # (B, T)
    real = ops.cast(as_mask(target_mask), overlap.dtype)
    return ops.sum(overlap * real) / ops.maximum(ops.sum(real), 1)
