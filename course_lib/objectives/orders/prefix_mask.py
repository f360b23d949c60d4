"""A prefix that is seen from everywhere, and behind it the left side only."""

import numpy as np


def prefix_mask(prefix_lengths, padding_mask):
    """Lets every position see the prefix, and one behind it all that is left of it and itself.

    `mask[b, t, s] = (s < prefix_lengths[b] or s <= t)`, where t and s are real tokens

    Args:
        prefix_lengths: ints `(B,)`, how many tokens of each row belong to the prefix: with 0 all is read from
            left to right, with all of them from both sides.
        padding_mask: bools `(B, T)`, `True` at real tokens: padding is not seen and sees nothing.

    Returns:
        bool `(B, T, T)`, `True` = may be seen.

    Raises:
        ValueError: if the shapes do not fit, or a prefix is negative or longer than its row has real tokens.

    Example:
        >>> from course_lib.objectives import prefix_mask
        >>> prefix_mask([2], [[True] * 4])[0].astype(int).tolist()
        [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]]

    Reference: Dong et al. (2019), "UniLM", section 2.2, https://arxiv.org/abs/1905.03197
    """
    is_real = checked_padding_mask(padding_mask)
    prefix_lengths = np.asarray(prefix_lengths)
    if prefix_lengths.shape != is_real.shape[:1] or prefix_lengths.dtype.kind not in "iu":
        raise ValueError(
            f"`prefix_lengths` must be {len(is_real)} integers, one for each row. "
            f"Received: {prefix_lengths.dtype} of shape {prefix_lengths.shape}."
        )
    if ((prefix_lengths < 0) | (prefix_lengths > is_real.sum(axis=1))).any():
        row = int(np.argmax((prefix_lengths < 0) | (prefix_lengths > is_real.sum(axis=1))))
        raise ValueError(
            f"A prefix must be from 0 to the row's number of real tokens, {is_real[row].sum()}. "
            f"Received: {prefix_lengths[row]} in row {row}."
        )
    places = np.arange(is_real.shape[1])
    is_prefix = places < prefix_lengths[:, None]  # (B, T)
    return among_real_tokens(is_prefix[:, None, :] | (places <= places[:, None]), is_real)


def checked_padding_mask(padding_mask):
    """A padding mask as a bool array `(B, T)`.

    Raises:
        ValueError: if it is of another shape, or holds floats.

    Example:
        >>> checked_padding_mask([[1.0]])
        Traceback (most recent call last):
        ValueError: `padding_mask` must be boolean, of the shape (B, T). Received: float64 of shape (1, 1).
    """
    is_real = np.asarray(padding_mask)
    if is_real.ndim != 2 or is_real.dtype.kind not in "biu":
        raise ValueError(
            "`padding_mask` must be boolean, of the shape (B, T). "
            f"Received: {is_real.dtype} of shape {is_real.shape}."
        )
    return is_real.astype(bool)


def among_real_tokens(mask, is_real):
    """A mask `(B, T, T)` in which padding is not seen and sees nothing.

    Example:
        >>> among_real_tokens(np.ones((1, 2, 2), bool), np.array([[True, False]])).tolist()
        [[[True, False], [False, False]]]
    """
    return mask & is_real[:, None, :] & is_real[:, :, None]
