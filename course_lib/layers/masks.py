"""Masks and the softmax that respects them. `True` means: may be attended to."""

import functools

import keras
import numpy as np
from keras import ops


def as_mask(mask):
    """A mask, given as any array or nested list of booleans, as a bool tensor.

    Args:
        mask: bools or integers, any shape.

    Returns:
        bool tensor, the shape of `mask`.

    Raises:
        ValueError: if it holds floats. Some libraries add a float mask to the scores, with 0 for "keep": read
            as a bool it would mean the opposite.

    Example:
        >>> from course_lib.layers.masks import as_mask
        >>> as_mask([[0.0, -1e9]])
        Traceback (most recent call last):
        ValueError: A mask must be boolean, True = keep. Received: a mask of dtype float64.

    Taught in: notebooks/03_attention
    """
    mask = mask if hasattr(mask, "dtype") else np.asarray(mask)
    dtype = keras.backend.standardize_dtype(mask.dtype)
    if "float" in dtype:
        raise ValueError(f"A mask must be boolean, True = keep. Received: a mask of dtype {dtype}.")
    return ops.cast(mask, "bool")


def padding_mask(token_ids, padding_id=0):
    """Marks the real tokens of a padded batch.

    `mask[b, s] = (token_ids[b, s] != padding_id)`

    Args:
        token_ids: int tensor `(B, S)`.
        padding_id: the id that fills short sequences.

    Returns:
        bool tensor `(B, S)`, `True` at real tokens.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import padding_mask
        >>> ops.convert_to_numpy(padding_mask([[7, 5, 0]])).tolist()
        [[True, True, False]]

    Taught in: notebooks/03_attention
    """
    return ops.not_equal(token_ids, padding_id)


def causal_mask(length, key_length=None):
    """Lets position `t` see positions `s <= t` only.

    `mask[0, t, s] = (s <= t)`

    Args:
        length: int, the sequence length `T`.
        key_length: int, the number of keys `S` where it differs from `T`.

    Returns:
        bool tensor `(1, T, S)`, ready to combine with a padding mask `(B, 1, S)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import causal_mask
        >>> ops.convert_to_numpy(causal_mask(3))[0].astype(int).tolist()
        [[1, 0, 0], [1, 1, 0], [1, 1, 1]]

    Reference: Vaswani et al. (2017), section 3.2.3.
    Taught in: notebooks/05_multi_head_attention
    """
    keys = ops.arange(length if key_length is None else key_length)
    return (keys[None, :] <= ops.arange(length)[:, None])[None]


def combine_masks(*masks):
    """Keeps what every given mask keeps (logical and, with broadcasting).

    Args:
        *masks: bool tensors that broadcast against each other; `None` stands for "keep everything".

    Returns:
        the combined bool tensor, or `None` if every argument was `None`.

    Raises:
        ValueError: if a mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import causal_mask, combine_masks
        >>> kept = combine_masks(causal_mask(2), None, [[[True, False]]])
        >>> ops.convert_to_numpy(kept).astype(int).tolist()
        [[[1, 0], [1, 0]]]

    Taught in: notebooks/05_multi_head_attention
    """
    given = [as_mask(mask) for mask in masks if mask is not None]
    return functools.reduce(ops.logical_and, given) if given else None


def masked_softmax(scores, mask=None, axis=-1):
    """Softmax over the kept entries; what is masked gets a weight of exactly zero.

    `weights[i] = mask[i] exp(scores[i]) / sum_j mask[j] exp(scores[j])`

    The mask is applied to the scores *before* the softmax, so that the kept weights sum to one. A row in
    which nothing is kept has nothing to attend to: all its weights are zero (neither NaN nor uniform).

    Args:
        scores: float tensor, any shape.
        mask: bool tensor that broadcasts to `scores`, `True` = keep; `None` keeps everything.
        axis: the axis that the weights sum to one over.

    Returns:
        float tensor, the shape and dtype of `scores`.

    Raises:
        ValueError: if the mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import masked_softmax
        >>> weights = masked_softmax(ops.array([[2.0, 2.0, 9.0]]), [[True, True, False]])
        >>> ops.convert_to_numpy(weights).tolist()
        [[0.5, 0.5, 0.0]]

    Taught in: notebooks/03_attention
    """
    scores = ops.convert_to_tensor(scores)
    if mask is not None:
        mask = as_mask(mask)
        scores = ops.where(mask, scores, lowest_score(scores.dtype))
    # Subtracting the largest score changes nothing but keeps exp from overflowing.
    if scores.shape[axis] != 0:  # of nothing there is no largest
        scores = scores - ops.stop_gradient(ops.max(scores, axis=axis, keepdims=True))
    weights = ops.exp(scores)
    if mask is not None:
        weights = ops.where(mask, weights, ops.zeros_like(weights))
    total = ops.sum(weights, axis=axis, keepdims=True)
    return weights / ops.where(total > 0, total, ops.ones_like(total))


def lowest_score(dtype):
    """What stands for minus infinity: finite, so that a row with nothing kept gives exp(0), not NaN."""
    return ops.cast(-6e4 if keras.backend.standardize_dtype(dtype) == "float16" else -1e30, dtype)
