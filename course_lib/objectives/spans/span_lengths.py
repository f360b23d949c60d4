"""How long a hidden span is."""

import numpy as np


def span_length_probabilities(stop_probability=0.2, longest=10):
    """The probability of every length of a span, in words.

    `P(l) = p (1 - p)^(l - 1) / (1 - (1 - p)^L)`, l = 1 … L

    a geometric distribution of which lengths above L are drawn again: its mean is 3.8 for p = 0.2 and L = 10.
    (Were longer ones cut to L, as "clipped" could mean, it would be 4.5.)

    Args:
        stop_probability: float `p` in (0, 1], how probable it is that a span ends with this word.
        longest: int `L`, the most words.

    Returns:
        float64 array `(L,)`, the probabilities of 1 … L words.

    Raises:
        ValueError: if `stop_probability` is none, or `longest` is below 1.

    Example:
        >>> from course_lib.objectives import span_length_probabilities
        >>> probabilities = span_length_probabilities()
        >>> print(probabilities[:3].round(3), (probabilities * range(1, 11)).sum().round(2))
        [0.224 0.179 0.143] 3.8

    Reference: Joshi et al. (2020), "SpanBERT", section 3.1, https://arxiv.org/abs/1907.10529
    Taught in: notebooks/13_what_to_mask
    """
    if not 0 < stop_probability <= 1:
        raise ValueError(
            "`stop_probability` must be above 0 and at most 1. "
            f"Received: stop_probability={stop_probability}."
        )
    if longest < 1:
        raise ValueError(f"`longest` must be at least 1. Received: longest={longest}.")
    weights = stop_probability * (1 - stop_probability) ** np.arange(longest)
    return weights / weights.sum()
