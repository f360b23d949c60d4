"""The exponent of a cost: how it grows with the size of the problem."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from course_lib.evaluation.intervals import Interval
from course_lib.evaluation.student_t import student_t_bound


class FittedExponent(NamedTuple):
    """The slope of log cost over log size, and its interval."""

    exponent: float
    interval: Interval


def fitted_exponent(
    sizes: Iterable[float], costs: Iterable[float], *, confidence: float = 0.95
) -> FittedExponent:
    """Fits `cost = factor · size ** exponent` by least squares on the logarithms.

    The interval is that of the slope of a straight line with equal, independent, normal errors (Student's t,
    n - 2 degrees of freedom). It tells how well the points agree on *a* slope; where the curve bends because
    two powers are added, the slope is one between theirs and belongs to the range of sizes measured.

    Args:
        sizes: three or more positive numbers, not all equal.
        costs: a positive number for each.
        confidence: between 0 and 1.

    Returns:
        the exponent and its interval.

    Raises:
        ValueError: if there are fewer than three sizes, lengths differ, or a number is not positive.

    Example:
        >>> fit = fitted_exponent([1, 2, 4, 8], [3, 12, 48, 192])
        >>> f"{fit.exponent:.3f} ({fit.interval.low:.3f} to {fit.interval.high:.3f})"
        '2.000 (2.000 to 2.000)'

    Taught in: notebooks/04_queries_keys_values
    """
    sizes, costs = list(sizes), list(costs)
    x, y = (np.asarray(values, dtype="float64") for values in (sizes, costs))
    if x.ndim != 1 or x.shape != y.shape or len(x) < 3 or len(set(x)) < 2 or min(x.min(), y.min()) <= 0:
        raise ValueError(
            "`sizes` and `costs` must be equally many positive numbers, three or more, of different sizes. "
            f"Received: sizes={sizes}, costs={costs}."
        )
    x, y = np.log(x), np.log(y)
    x = x - x.mean()
    slope = (x @ y) / (x @ x)
    residuals = y - y.mean() - slope * x
    deviation = math.sqrt((residuals @ residuals) / (len(x) - 2) / (x @ x))
    half_width = student_t_bound(confidence, len(x) - 2) * deviation
    return FittedExponent(float(slope), Interval(float(slope - half_width), float(slope + half_width)))
