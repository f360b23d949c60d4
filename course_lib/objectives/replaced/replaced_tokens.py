"""A text in which a generator's samples stand in the place of hidden tokens."""

from keras import ops

from course_lib.objectives.shapes import shapes_agree


def replace_tokens(token_ids, masked_positions, labels, samples):
    """Puts samples where tokens were hidden, and says which tokens are no longer the original ones.

    `original[b, t]  = labels[b, m]  if t = masked_positions[b, m], else token_ids[b, t]`
    `corrupted[b, t] = samples[b, m] if t = masked_positions[b, m], else token_ids[b, t]`
    `is_replaced[b, t] = (corrupted[b, t] != original[b, t])`

    A sample that happens to be the original token is real: nobody could tell it from one that was never
    hidden.

    Args:
        token_ids: ints `(B, T)`, with or without masks at the hidden positions.
        masked_positions: ints `(B, M)`, the hidden positions.
        labels: ints `(B, M)`, what stood there; 0 in slots that are not used, of which nothing is written.
        samples: ints `(B, M)`, what is put there, as of `sample_tokens`.

    Returns:
        `(corrupted, is_replaced)`: int32 and bool `(B, T)`.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> from keras import ops
        >>> from course_lib.objectives import replace_tokens
        >>> hidden = [[2, 4, 6, 4, 3]]  # [CLS] [MASK] b [MASK] [SEP]
        >>> corrupted, is_replaced = replace_tokens(hidden, [[1, 3, 0]], [[5, 7, 0]], [[5, 9, 8]])
        >>> ops.convert_to_numpy(corrupted).tolist(), ops.convert_to_numpy(is_replaced).tolist()
        ([[2, 5, 6, 9, 3]], [[False, False, False, True, False]])

    Reference: Clark et al. (2020), "ELECTRA", section 2, https://arxiv.org/abs/2003.10555
    Taught in: notebooks/14_electra
    """
    token_ids, positions, labels, samples = (
        ops.cast(array, "int32") for array in (token_ids, masked_positions, labels, samples)
    )
    shapes = [tuple(array.shape) for array in (token_ids, positions, labels, samples)]
    is_one_batch = shapes_agree(*(shape[:1] for shape in shapes))
    if len(shapes[0]) != 2 or len(shapes[1]) != 2 or not is_one_batch or not shapes_agree(*shapes[1:]):
        raise ValueError(
            "Expected `token_ids` (B, T) and `masked_positions`, `labels` and `samples` (B, M). "
            f"Received: {', '.join(map(str, shapes))}."
        )
    places = ops.arange(ops.shape(token_ids)[1], dtype="int32")
    is_at = ops.logical_and(
        ops.expand_dims(positions, -1) == places, ops.expand_dims(labels != 0, -1)
    )  # (B, M, T), at most one m for each t
    is_hidden = ops.any(is_at, axis=1)

    def put(values):
        spread = ops.where(is_at, ops.expand_dims(values, -1), 0)
        return ops.where(is_hidden, ops.sum(spread, axis=1), token_ids)

    corrupted = put(samples)
    return corrupted, ops.not_equal(corrupted, put(labels))
