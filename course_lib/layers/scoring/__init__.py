"""Scoring functions: how well does a key answer a query?"""

from course_lib.layers.scoring.additive import AdditiveScore
from course_lib.layers.scoring.attention_score import AttentionScore
from course_lib.layers.scoring.dot import DotScore
from course_lib.layers.scoring.multiplicative import MultiplicativeScore
from course_lib.layers.scoring.scaled_dot import ScaledDotScore

SCORES = {
    "dot": lambda hidden_dim, **of_layer: DotScore(**of_layer),
    "scaled_dot": lambda hidden_dim, **of_layer: ScaledDotScore(**of_layer),
    "multiplicative": lambda hidden_dim, **of_layer: MultiplicativeScore(**of_layer),
    "additive": lambda hidden_dim, **of_layer: AdditiveScore(hidden_dim, **of_layer),
}


def make_score(score, hidden_dim, **of_layer):
    """Builds a scoring function from its name.

    Args:
        score: "dot", "scaled_dot", "multiplicative" or "additive".
        hidden_dim: int, the size of the additive score's hidden layer; the others need no size.
        **of_layer: what any layer takes: `name`, `dtype`.

    Returns:
        an `AttentionScore`.

    Raises:
        ValueError: if there is no scoring function of that name.

    Example:
        >>> from course_lib.layers import make_score
        >>> type(make_score("dot", hidden_dim=8)).__name__
        'DotScore'

    Taught in: notebooks/03_attention
    """
    if score not in SCORES:
        raise ValueError(f"`score` must be one of {sorted(SCORES)}. Received: score={score!r}.")
    return SCORES[score](hidden_dim, **of_layer)


__all__ = [
    "AdditiveScore",
    "AttentionScore",
    "DotScore",
    "MultiplicativeScore",
    "SCORES",
    "ScaledDotScore",
    "make_score",
]
