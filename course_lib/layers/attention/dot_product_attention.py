"""Scaled dot-product attention and the heads it is split into: functions, without weights."""

import math

import keras
from keras import ops

from course_lib.layers.masks import causal_mask, combine_masks, lowest_score, masked_softmax
from course_lib.layers.shapes import check_one_length


def split_heads(inputs, num_heads):
    """Cuts every vector into `num_heads` equal pieces and puts the heads beside the batch.

    `heads[b, n, t, k] = inputs[b, t, n · K + k]`, with `K = D / N`

    Args:
        inputs: float tensor `(B, T, D)`.
        num_heads: int `N`, a divisor of `D`.

    Returns:
        float tensor `(B, N, T, K)`.

    Raises:
        ValueError: if `D` is not divisible by `num_heads`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import split_heads
        >>> ops.convert_to_numpy(split_heads(ops.array([[[1, 2, 3, 4], [5, 6, 7, 8]]]), num_heads=2)).tolist()
        [[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]

    Reference: Vaswani et al. (2017), section 3.2.2, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/05_multi_head_attention
    """
    width = inputs.shape[-1]
    if num_heads < 1 or width % num_heads:
        raise ValueError(
            "The width of `inputs` must be divisible by `num_heads`. "
            f"Received: inputs of shape {tuple(inputs.shape)}, num_heads={num_heads}."
        )
    batch, length = ops.shape(inputs)[:2]
    pieces = ops.reshape(inputs, (batch, length, num_heads, width // num_heads))
    return ops.swapaxes(pieces, 1, 2)


def merge_heads(heads):
    """Joins the heads of every position again: undoes `split_heads`.

    `outputs[b, t, n · K + k] = heads[b, n, t, k]`

    Args:
        heads: float tensor `(B, N, T, K)`.

    Returns:
        float tensor `(B, T, N · K)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import merge_heads
        >>> ops.convert_to_numpy(merge_heads(ops.array([[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]]))).tolist()
        [[[1, 2, 3, 4], [5, 6, 7, 8]]]

    Reference: Vaswani et al. (2017), section 3.2.2, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/05_multi_head_attention
    """
    batch, num_heads, length, width = ops.shape(heads)
    return ops.reshape(ops.swapaxes(heads, 1, 2), (batch, length, num_heads * width))


def scaled_dot_product_attention(query, key, value, mask=None, bias=None, dropout=None):
    """Compares every query with every key, and averages the values under the weights that result.

    `scores = query keyᵀ / sqrt(K) + bias`
    `attention_weights = masked_softmax(scores, mask)`
    `context = attention_weights value`

    Args:
        query: float tensor `(..., T, K)`; whatever axes stand in front, none or batch and heads.
        key: float tensor `(..., S, K)`.
        value: float tensor `(..., S, K')`.
        mask: bool tensor that broadcasts to `(..., T, S)`, `True` = may be attended to. A query that may
            attend to nothing gets weights and a context of zeros.
        bias: float tensor that broadcasts to `(..., T, S)`, added to the scores.
        dropout: a function of the weights, used on the way to the context; the weights that are returned
            are those before it.

    Returns:
        the pair context `(..., T, K')` and attention weights `(..., T, S)`.

    Raises:
        ValueError: if query and key differ in width, keys and values in length or batch, or the mask holds
            floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import scaled_dot_product_attention
        >>> query, key = ops.array([[1.0, 0.0]]), ops.array([[3.0, 5.0], [3.0, -5.0]])
        >>> context, weights = scaled_dot_product_attention(query, key, value=ops.array([[8.0], [4.0]]))
        >>> ops.convert_to_numpy(weights).tolist(), ops.convert_to_numpy(context).tolist()
        ([[0.5, 0.5]], [[6.0]])

    In the paper: Attention(Q, K, V) = softmax(QKᵀ/√d_k) V.
    Reference: Vaswani et al. (2017), equation 1, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/04_queries_keys_values
    """
    if query.shape[-1] != key.shape[-1]:
        raise ValueError(
            "`query` and `key` must be equally wide. "
            f"Received: query of shape {tuple(query.shape)}, key of shape {tuple(key.shape)}."
        )
    check_one_length(key.shape, value.shape)
    # Scaled before the product: in half precision the product itself might overflow.
    scores = ops.matmul(query / math.sqrt(query.shape[-1]), ops.swapaxes(key, -1, -2))
    if bias is not None:
        scores = scores + bias
    weights = masked_softmax(scores, mask)
    kept = weights if dropout is None else dropout(weights)
    return ops.matmul(kept, value), weights


def fused_dot_product_attention(query, key, value, mask=None, bias=None, is_causal=False):
    """The context of `scaled_dot_product_attention` by the backend's own kernel, without the weights.

    Where the backend has a fused kernel (JAX and PyTorch on a GPU), the weights `(B, N, T, S)` never stand
    in memory.

    Args:
        query: float tensor `(B, N, T, K)`.
        key: float tensor `(B, N, S, K)`.
        value: float tensor `(B, N, S, K')`.
        mask: bool tensor that broadcasts to `(B, N, T, S)`, with all four axes; `True` = may be attended to.
        bias: float tensor that broadcasts to `(B, N, T, S)`, with all four axes.
        is_causal: if true, query `t` sees the keys `s <= t` of the mask only.

    Returns:
        the context, float tensor `(B, N, T, K')`; zeros where a query may attend to nothing.

    Raises:
        ValueError: if keys and values differ in length or batch, or the mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import fused_dot_product_attention
        >>> query, key = ops.array([[[[1.0, 0.0]]]]), ops.array([[[[3.0, 5.0], [3.0, -5.0]]]])
        >>> context = fused_dot_product_attention(query, key, value=ops.array([[[[8.0, 1.0], [4.0, 1.0]]]]))
        >>> ops.convert_to_numpy(context).round(5).tolist()
        [[[[6.0, 1.0]]]]

    Reference: Dao et al. (2022), https://arxiv.org/abs/2205.14135, on what a fused kernel saves.
    Taught in: notebooks/04_queries_keys_values
    """
    check_one_length(key.shape, value.shape)
    mask = combine_masks(mask)
    width, value_width = query.shape[-1], value.shape[-1]
    if is_causal and (mask is not None or bias is not None):
        mask = combine_masks(mask, causal_mask(ops.shape(query)[2], ops.shape(key)[2])[None])
        is_causal = False
    is_half = keras.backend.standardize_dtype(query.dtype) == "float16"
    if is_half and keras.backend.backend() == "jax":  # whose kernel does not run in float16 on a processor
        if is_causal:
            mask = causal_mask(ops.shape(query)[2], ops.shape(key)[2])[None]
        return scaled_dot_product_attention(query, key, value, mask, bias)[0]
    sees_something = None
    if mask is not None:
        # Kernels disagree about rows with nothing to see: let these see everything, and clear them after.
        sees_something = ops.any(mask, axis=-1, keepdims=True)
        mask = ops.logical_or(mask, ops.logical_not(sees_something))
        if bias is not None:  # kernels take one of the two
            bias, mask = ops.where(mask, bias, lowest_score(bias.dtype)), None
    # Kernels want one width for all: zeros behind the narrower change neither scores nor averages.
    query, key, value = (widen(heads, max(width, value_width)) for heads in (query, key, value))
    context = ops.dot_product_attention(
        *(ops.swapaxes(heads, 1, 2) for heads in (query, key, value)),  # (B, T or S, N, K) each
        mask=mask,
        bias=bias,
        scale=1 / math.sqrt(width),
        is_causal=is_causal,
    )
    context = ops.swapaxes(context, 1, 2)[..., :value_width]
    return context if sees_something is None else ops.where(sees_something, context, 0.0)


def widen(heads, width):
    """Puts zeros behind the vectors of `(B, N, S, K)` until they are `width` wide."""
    missing = width - heads.shape[-1]
    return ops.pad(heads, ((0, 0), (0, 0), (0, 0), (0, missing))) if missing else heads
