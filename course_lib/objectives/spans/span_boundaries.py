"""The ends of hidden spans, from which alone each of their tokens can be asked for."""

import numpy as np


def span_boundaries(masked_positions, labels):
    """For each hidden token: the last one seen before its span, the first behind, and its place in it.

    A span is a run of hidden tokens s … e; tokens seen on both sides of it are its boundaries. The boundary
    objective asks for token i from them alone:

        left = s - 1        right = e + 1        place = i - s + 1
        y_i = f(x_left, x_right, p_place)

    Args:
        masked_positions: ints `(B, M)`, the hidden positions, each row's in their order.
        labels: ints `(B, M)`, 0 where a slot is not used.

    Returns:
        dict of "left_boundaries", "right_boundaries" and "span_places", int32 `(B, M)`; all 0 in slots that
        are not used, as no place in a span is.

    Raises:
        ValueError: if the shapes differ, positions do not ascend, or a span begins at position 0, where
            nothing stands before it.

    Example:
        >>> from course_lib.objectives import span_boundaries
        >>> found = span_boundaries([[2, 3, 4, 7, 0]], [[9, 8, 9, 5, 0]])  # spans 2 … 4 and 7
        >>> {name: array.tolist() for name, array in found.items()}
        {'left_boundaries': [[1, 1, 1, 6, 0]], 'right_boundaries': [[5, 5, 5, 8, 0]],
         'span_places': [[1, 2, 3, 1, 0]]}

    Reference: Joshi et al. (2020), "SpanBERT", section 3.2, https://arxiv.org/abs/1907.10529
    Taught in: notebooks/13_what_to_mask
    """
    positions, labels = np.asarray(masked_positions), np.asarray(labels)
    if positions.ndim != 2 or positions.shape != labels.shape:
        raise ValueError(
            "`masked_positions` and `labels` must have one shape, (B, M). "
            f"Received: shapes {positions.shape} and {labels.shape}."
        )
    is_used = labels != 0
    both = is_used[:, 1:] & is_used[:, :-1]
    if (both & (np.diff(positions, axis=1) <= 0)).any() or (is_used[:, 1:] & ~is_used[:, :-1]).any():
        raise ValueError("`masked_positions` must ascend in each row, used slots first. Received others.")
    if (is_used & (positions < 1)).any():
        raise ValueError("No span may begin at position 0, where nothing stands before it. Received one.")
    begins = is_used.copy()
    begins[:, 1:] &= positions[:, 1:] != positions[:, :-1] + 1
    slots = np.arange(positions.shape[1])
    first = np.maximum.accumulate(np.where(begins, slots, 0), axis=1)  # the slot that the span began in
    # From behind: a span ends in the slot before the next one begins, or before the first unused one.
    ends = is_used.copy()
    ends[:, :-1] &= begins[:, 1:] | ~is_used[:, 1:]
    backwards = np.where(ends, slots, positions.shape[1])[:, ::-1]
    last = np.minimum(np.minimum.accumulate(backwards, axis=1)[:, ::-1], positions.shape[1] - 1)
    starts, stops = (np.take_along_axis(positions, slot, axis=1) for slot in (first, last))
    found = {
        "left_boundaries": starts - 1,
        "right_boundaries": stops + 1,
        "span_places": positions - starts + 1,
    }
    return {name: np.where(is_used, array, 0).astype("int32") for name, array in found.items()}
