"""What lies inside an ellipse or a triangle, for many pictures at once."""

import numpy as np


def turned(x, y, angle):
    """Coordinates seen from axes that are turned by an angle, in radians.

    Example:
        >>> x, y = turned(1.0, 0.0, np.pi / 2)
        >>> print(round(float(x), 9), round(float(y), 9))
        0.0 -1.0
    """
    angle = np.asarray(angle, dtype=np.result_type(x, y))  # a number must not widen float32 arrays
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * x + sine * y, cosine * y - sine * x


def in_ellipse(x, y, centre, half_axes, angle=0.0):
    """Whether points lie in an ellipse: `(x' / a)² + (y' / b)² <= 1`, from its centre, along its axes.

    Args:
        x, y: coordinates of points, any shapes that broadcast.
        centre, half_axes: pairs, along x and along y; numbers or arrays that broadcast.
        angle: by which the first axis is turned from x towards y, in radians.

    Returns:
        array of bools.

    Example:
        >>> in_ellipse(np.array([0.0, 1.9, 2.1]), 0.0, (0.0, 0.0), (2.0, 1.0)).tolist()
        [True, True, False]
    """
    x, y = turned(x - centre[0], y - centre[1], angle)
    return np.square(x / half_axes[0]) + np.square(y / half_axes[1]) <= 1.0


def in_triangle(x, y, *corners):
    """Whether points lie in a triangle: on the same side of its three edges.

    Args:
        x, y: coordinates of points, any shapes that broadcast.
        *corners: three pairs of numbers, in either sense of rotation.

    Returns:
        array of bools.

    Example:
        >>> in_triangle(np.array([0.2, 0.9]), 0.2, (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)).tolist()
        [True, False]
    """
    sides = [
        (second[0] - first[0]) * (y - first[1]) - (second[1] - first[1]) * (x - first[0])
        for first, second in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    left = (sides[0] >= 0) & (sides[1] >= 0) & (sides[2] >= 0)
    return left | ((sides[0] <= 0) & (sides[1] <= 0) & (sides[2] <= 0))
