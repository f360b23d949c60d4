"""Checks that tensors which belong together fit together, as far as their shapes are known."""


def sizes_differ(one, other):
    """Whether two sizes are both known, and not the same."""
    return one is not None and other is not None and one != other


def check_one_length(key_shape, value_shape):
    """Refuses keys `(..., S, Dk)` and values `(..., S, Dv)` that do not stand side by side.

    Raises:
        ValueError: if they differ in length, in batch size or in any other axis but the last.

    Example:
        >>> from course_lib.layers.shapes import check_one_length
        >>> check_one_length((2, 5, 8), (2, 3, 8))
        Traceback (most recent call last):
        ValueError: `key` and `value` must have one batch size and one length. Received: key of shape
        (2, 5, 8), value of shape (2, 3, 8).
    """
    key_sizes, value_sizes = key_shape[:-1], value_shape[:-1]
    if len(key_sizes) != len(value_sizes) or any(map(sizes_differ, key_sizes, value_sizes)):
        raise ValueError(
            "`key` and `value` must have one batch size and one length. "
            f"Received: key of shape {tuple(key_shape)}, value of shape {tuple(value_shape)}."
        )


def check_one_batch(**shapes):
    """Refuses tensors of different batch sizes, which are their first.

    Raises:
        ValueError: saying which shapes were received.

    Example:
        >>> from course_lib.layers.shapes import check_one_batch
        >>> check_one_batch(query=(2, 5, 8), value=(1, 3, 8))
        Traceback (most recent call last):
        ValueError: `query` and `value` must have one batch size. Received: query of shape (2, 5, 8), value of
        shape (1, 3, 8).
    """
    sizes = {shape[0] for shape in shapes.values() if shape[0] is not None}
    if len(sizes) > 1:
        received = ", ".join(f"{name} of shape {tuple(shape)}" for name, shape in shapes.items())
        names = " and ".join(f"`{name}`" for name in shapes)
        raise ValueError(f"{names} must have one batch size. Received: {received}.")


def check_mask_shape(name, mask_shape, expected, may_broadcast=False):
    """Refuses a mask that is not of the shape that is expected.

    Args:
        name: of the mask, for the message.
        mask_shape: its shape.
        expected: the shape it must have; `None` where a size is not known.
        may_broadcast: whether a size of 1 stands for any.

    Raises:
        ValueError: saying what was expected and what was received.

    Example:
        >>> from course_lib.layers.shapes import check_mask_shape
        >>> check_mask_shape("value_mask", (2, 1), (2, 7))
        Traceback (most recent call last):
        ValueError: `value_mask` must have shape (2, 7), True = keep. Received: value_mask of shape (2, 1).
    """
    fits = len(mask_shape) == len(expected) and not any(
        sizes_differ(size, wanted) and not (may_broadcast and size == 1)
        for size, wanted in zip(mask_shape, expected, strict=True)
    )
    if not fits:
        raise ValueError(
            f"`{name}` must have shape {tuple(expected)}, True = keep. "
            f"Received: {name} of shape {tuple(mask_shape)}."
        )
