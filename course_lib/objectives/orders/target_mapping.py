"""Which positions a query stream asks for."""

import numpy as np


def target_mapping(masked_positions, labels, length):
    """One row for each word that is asked for, with a one at its position.

    `mapping[b, m, t] = 1 if labels[b, m] != 0 and t = masked_positions[b, m], else 0`

    so that `einsum("bmt,btd->bmd", mapping, hidden)` gathers what stands there. Every row of the batch has
    positions of its own.

    Args:
        masked_positions: ints `(B, M)`.
        labels: ints `(B, M)`, 0 in slots that are not used: their rows are zeros.
        length: int `T`.

    Returns:
        float32 `(B, M, T)`.

    Raises:
        ValueError: if the shapes differ, or a position that is used is none of 0 … T - 1.

    Example:
        >>> from course_lib.objectives import target_mapping
        >>> target_mapping([[2, 0], [1, 2]], [[7, 0], [8, 9]], length=3).tolist()
        [[[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]]

    Reference: Yang et al. (2019), "XLNet", https://arxiv.org/abs/1906.08237 (its code)
    Taught in: notebooks/16_masks_as_tasks
    """
    positions, labels = np.asarray(masked_positions), np.asarray(labels)
    if positions.ndim != 2 or positions.shape != labels.shape:
        raise ValueError(
            "`masked_positions` and `labels` must have one shape, (B, M). "
            f"Received: shapes {positions.shape} and {labels.shape}."
        )
    is_used = labels != 0
    if (is_used & ((positions < 0) | (positions >= length))).any():
        wrong = positions[is_used & ((positions < 0) | (positions >= length))][0]
        raise ValueError(f"A position must be from 0 to {length - 1}. Received: {wrong}.")
    is_at = positions[..., None] == np.arange(length)
    return (is_at & is_used[..., None]).astype("float32")
