"""Mean and interval over training runs: as numbers, as text, as a band, and what they decide."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from course_lib.evaluation import seed_interval


class MeanInterval(NamedTuple):
    """A mean and the interval around it."""

    mean: float
    low: float
    high: float


def mean_and_interval(
    values: Sequence[float], lowest: float = -math.inf, highest: float = math.inf
) -> MeanInterval:
    """Mean over runs and its 95 % interval (Student's t), cut to the range that is possible.

    Args:
        values: one number a run. A single run has an interval of no width: nothing is known about it.
        lowest, highest: the possible range, 0 and 1 for a share.

    Returns:
        the mean, the low and the high end.

    Raises:
        ValueError: if there are no values or one is not finite.

    Example:
        >>> mean_and_interval([0.9, 1.0, 0.8], 0.0, 1.0)
        MeanInterval(mean=0.9, low=0.651..., high=1.0)

    Taught in: notebooks/03_attention
    """
    values = [float(value) for value in values]
    if not values or not all(map(math.isfinite, values)):
        raise ValueError(f"`values` must be one or more finite numbers. Received: values={values}.")
    mean = math.fsum(values) / len(values)
    low, high = seed_interval(values) if len(values) > 1 else (mean, mean)
    return MeanInterval(mean, max(low, lowest), min(high, highest))


def with_interval(
    values: Sequence[float], form: str = ".1f", lowest: float = -math.inf, highest: float = math.inf
) -> str:
    """`mean_and_interval` as text.

    Args:
        values, lowest, highest: as for `mean_and_interval`.
        form: how each of the three numbers is written.

    Returns:
        "mean (low to high)"; "value (one run)" where there is a single value.

    Example:
        >>> with_interval([20.0, 21.0, 22.0])
        '21.0 (18.5 to 23.5)'
        >>> with_interval([0.9, 1.0, 0.8], ".0%", highest=1.0)
        '90% (65% to 100%)'
        >>> with_interval([4.2], "+.1f")
        '+4.2 (one run)'

    Taught in: notebooks/03_attention
    """
    mean, low, high = (format(value, form) for value in mean_and_interval(values, lowest, highest))
    return f"{mean} (one run)" if len(values) == 1 else f"{mean} ({low} to {high})"


def band(
    columns: Sequence[Sequence[float]], lowest: float = -math.inf, highest: float = math.inf
) -> tuple[list[float], list[float], list[float]]:
    """Means and intervals of several measurements, as a curve with a band.

    Args:
        columns: (points, runs), the values of all runs at each point of the curve.
        lowest, highest: as for `mean_and_interval`.

    Returns:
        three lists: means, low ends, high ends.

    Example:
        >>> band([[1.0, 1.0], [2.0, 4.0]], lowest=0.0)
        ([1.0, 3.0], [1.0, 0.0], [1.0, 15.7...])

    Taught in: notebooks/01_language_models
    """
    return tuple(map(list, zip(*(mean_and_interval(c, lowest, highest) for c in columns), strict=True)))


def paired(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """First minus second, run by run: runs of one seed are compared with each other.

    Args:
        first, second: one number a run, in the same order of seeds.

    Returns:
        the list of differences.

    Raises:
        ValueError: if there are not equally many.

    Example:
        >>> paired([3.0, 5.0], [1.0, 2.0])
        [2.0, 3.0]

    Taught in: notebooks/01_language_models
    """
    if len(first) != len(second):
        raise ValueError(
            "`first` and `second` must have one value for each run. "
            f"Received: {len(first)} and {len(second)} values."
        )
    return [float(one) - float(other) for one, other in zip(first, second, strict=True)]


def verdict(interval: Sequence[float], above: str = "ahead", below: str = "behind") -> str:
    """What the interval of a difference says.

    Args:
        interval: has `low` and `high`: an `Interval`, a `MeanInterval`.
        above: said where the whole interval lies above zero.
        below: said where it lies below.

    Returns:
        `above`, `below`, or "not told apart" where the interval holds zero.

    Example:
        >>> verdict(mean_and_interval([1.0, 1.1, 1.2]))
        'ahead'
        >>> verdict(mean_and_interval([1.0, -1.1, 0.2]))
        'not told apart'

    Taught in: notebooks/03_attention
    """
    return above if interval.low > 0 else below if interval.high < 0 else "not told apart"
