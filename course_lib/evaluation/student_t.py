"""Student's t distribution for whole degrees of freedom, in closed form."""

from __future__ import annotations

import math


def central_probability(t: float, degrees_of_freedom: int) -> float:
    """P(-t < T < t), by the finite sums for odd and even degrees of freedom ν.

    With θ = arctan(t / √ν): odd ν gives 2/π (θ + sin θ (cos θ + ⅔ cos³ θ + ⅔ ⅘ cos⁵ θ + … + … cos^(ν-2) θ)),
    even ν gives sin θ (1 + ½ cos² θ + ½ ¾ cos⁴ θ + … + … cos^(ν-2) θ).

    Args:
        t: not negative.
        degrees_of_freedom: a positive integer.

    Returns:
        a probability.

    Example:
        >>> print(f"{central_probability(1, degrees_of_freedom=1):.6f}")
        0.500000

        Reference: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan2(t, math.sqrt(degrees_of_freedom))
    odd = degrees_of_freedom % 2
    term, total = (math.cos(angle) if odd else 1.0), 0.0
    for power in range(odd, degrees_of_freedom - 1, 2):
        total += term
        term *= (power + 1) / (power + 2) * math.cos(angle) ** 2
    return 2 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total


def student_t_bound(confidence: float, degrees_of_freedom: int) -> float:
    """The t with P(-t < T < t) = `confidence`.

    Args:
        confidence: between 0 and 1.
        degrees_of_freedom: a positive integer.

    Returns:
        a positive number, to about twelve digits.

    Raises:
        ValueError: if an argument is outside its range.

    Example:
        >>> print(f"{student_t_bound(0.95, degrees_of_freedom=2):.4f}")
        4.3027
    """
    if not 0 < confidence < 1:
        raise ValueError(f"`confidence` must lie between 0 and 1. Received: confidence={confidence}")
    if degrees_of_freedom != int(degrees_of_freedom) or degrees_of_freedom < 1:
        raise ValueError(
            "`degrees_of_freedom` must be a positive integer. "
            f"Received: degrees_of_freedom={degrees_of_freedom}"
        )
    low, high = 0.0, 1.0
    while central_probability(high, degrees_of_freedom) < confidence:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if central_probability(middle, degrees_of_freedom) < confidence:
            low = middle
        else:
            high = middle
    return high
