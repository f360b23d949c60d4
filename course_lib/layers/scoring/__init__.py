"""Scoring functions: how well does a key answer a query?"""

from course_lib.layers.scoring.additive import AdditiveScore
from course_lib.layers.scoring.attention_score import AttentionScore
from course_lib.layers.scoring.dot import DotScore
from course_lib.layers.scoring.multiplicative import MultiplicativeScore
from course_lib.layers.scoring.scaled_dot import ScaledDotScore

SCORES = {
    "dot": lambda hidden_dim: DotScore(name="score"),
    "scaled_dot": lambda hidden_dim: ScaledDotScore(name="score"),
    "multiplicative": lambda hidden_dim: MultiplicativeScore(name="score"),
    "additive": lambda hidden_dim: AdditiveScore(hidden_dim, name="score"),
}


def make_score(name, hidden_dim):
    """Builds a scoring function from its name.

    Args:
        name: "dot", "scaled_dot", "multiplicative" or "additive".
        hidden_dim: int, the size of the additive score's hidden layer; the others need no size.

    Returns:
        An `AttentionScore`.

    Raises:
        ValueError: if there is no scoring function of that name.

    Example:

    >>> from course_lib.layers import make_score
    >>> type(make_score("dot", hidden_dim=8)).__name__
    'DotScore'
    """
    if name not in SCORES:
        raise ValueError(f"`score` must be one of {sorted(SCORES)}. Received: score={name!r}.")
    return SCORES[name](hidden_dim)


__all__ = [
    "AdditiveScore",
    "AttentionScore",
    "DotScore",
    "MultiplicativeScore",
    "SCORES",
    "ScaledDotScore",
    "make_score",
]
