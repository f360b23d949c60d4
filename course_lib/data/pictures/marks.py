"""Four marks that are one and the same from afar."""

import numpy as np

MARKS = ("cross", "ring", "bars", "dots")
# All have an area of 0.9 and a mean square distance of 0.3 from their centre, equal in all directions.
CROSS_LENGTH, CROSS_WIDTH = 0.90429, 0.13439  # halves of its bars
RING_RADIUS, RING_WIDTH = 0.53085, 0.13492  # of the middle of its line, half of the line
BARS_LENGTH, BARS_WIDTH, BARS_PLACE = 0.67082, 0.16771, 0.375
DOTS_RADIUS, DOTS_PLACE = 0.30902, 0.50225


def mark_distance(mark, x, y):
    """How far points are outside a mark; less than 0 inside it.

    The mark lies in the circle of radius 1 about the origin. All four have the same area, centre and second
    moments, in all directions, so that they differ in nothing but their finer structure: a picture that is
    too coarse for it shows four times the same blot.

    Args:
        mark: one of `MARKS`.
        x, y: arrays of coordinates that broadcast.

    Returns:
        array of floats.

    Raises:
        ValueError: if there is no such mark.

    Example:
        >>> from course_lib.data.pictures.marks import mark_distance
        >>> print(mark_distance("bars", np.array([0.0, 0.0]), np.array([0.0, 0.375])).round(3))
        [ 0.207 -0.168]
    """
    if mark not in MARKS:
        raise ValueError(f"`mark` must be one of {', '.join(MARKS)}. Received: mark={mark!r}.")
    if mark == "ring":
        return np.abs(np.hypot(x, y) - RING_RADIUS) - RING_WIDTH
    if mark == "cross":
        upright = _to_box(x, y, CROSS_WIDTH, CROSS_LENGTH)
        return np.minimum(upright, _to_box(x, y, CROSS_LENGTH, CROSS_WIDTH))
    if mark == "bars":
        return _to_box(x, np.abs(y) - BARS_PLACE, BARS_LENGTH, BARS_WIDTH)
    angles = 2 * np.pi * np.arange(3) / 3
    centres = DOTS_PLACE * np.cos(angles), DOTS_PLACE * np.sin(angles)
    return np.min([np.hypot(x - cx, y - cy) for cx, cy in zip(*centres, strict=True)], axis=0) - DOTS_RADIUS


def _to_box(x, y, half_width, half_height):
    """Distance to an upright rectangle about the origin: exact outside, by its nearest edge inside."""
    across, along = np.abs(x) - half_width, np.abs(y) - half_height
    outside = np.hypot(np.maximum(across, 0.0), np.maximum(along, 0.0))
    return outside + np.minimum(np.maximum(across, along), 0.0)
