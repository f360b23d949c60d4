"""Ways to tell positions. All are called alike, `positions(tensor, start=0)`, and used in one of two places.

Once: the scheme is called on the embeddings (relative positions, which need two tokens to speak of, on the
scores of the first layer). At every layer: it is given to each self-attention, which calls it where its
`acts_on` says. Sinusoidal and learned positions are added to what queries and keys are projected from, so
that values carry content alone; rotary positions turn the projected queries and keys; relative positions
are added to the scores.
"""

from course_lib.layers.positions.learned import LearnedPositions
from course_lib.layers.positions.position_scheme import PositionScheme
from course_lib.layers.positions.relative import RelativePositions
from course_lib.layers.positions.rotary import RotaryPositions, rotate_pairs
from course_lib.layers.positions.sinusoidal import SinusoidalPositions, sinusoids

RELATIVE_DISTANCE = 16  # as Shaw et al. found to be enough

SCHEMES = {
    "sinusoidal": lambda length, heads, **of_layer: SinusoidalPositions(length, **of_layer),
    "learned": lambda length, heads, **of_layer: LearnedPositions(length, **of_layer),
    "rotary": lambda length, heads, **of_layer: RotaryPositions(length, **of_layer),
    "relative": lambda length, heads, **of_layer: RelativePositions(heads, RELATIVE_DISTANCE, **of_layer),
}


def make_positions(scheme, max_sequence_length, num_heads, **of_layer):
    """Builds a position scheme from its name.

    Args:
        scheme: "sinusoidal", "learned", "rotary" or "relative".
        max_sequence_length: int, for how many positions; relative positions set no limit.
        num_heads: int, for relative positions, which have a table of 16 distances either way for each head.
        **of_layer: what any layer takes: `name`, `dtype`.

    Returns:
        a `PositionScheme`.

    Raises:
        ValueError: if there is no scheme of that name.

    Example:
        >>> from course_lib.layers import make_positions
        >>> make_positions("rotary", max_sequence_length=50, num_heads=4).acts_on
        'heads'

    Taught in: notebooks/06_positions
    """
    if scheme not in SCHEMES:
        raise ValueError(f"`positions` must be one of {sorted(SCHEMES)}. Received: positions={scheme!r}.")
    return SCHEMES[scheme](max_sequence_length, num_heads, **of_layer)


__all__ = [
    "LearnedPositions",
    "PositionScheme",
    "RELATIVE_DISTANCE",
    "RelativePositions",
    "RotaryPositions",
    "SCHEMES",
    "SinusoidalPositions",
    "make_positions",
    "rotate_pairs",
    "sinusoids",
]
