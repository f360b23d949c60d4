"""Shapes of which some sizes may not be known yet."""


def shapes_agree(*shapes):
    """Whether shapes have one rank and no size that is known to differ; `None` is a size not known yet.

    Args:
        *shapes: tuples of ints and `None`.

    Returns:
        bool.

    Example:
        >>> shapes_agree((2, 3), (None, 3)), shapes_agree((2, 3), (2, 5)), shapes_agree((2,), (2, 3))
        (True, False, False)
    """
    if len({len(shape) for shape in shapes}) > 1:
        return False
    return all(len(set(sizes) - {None}) <= 1 for sizes in zip(*shapes, strict=True))
