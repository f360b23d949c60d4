"""Links between the words of toy sentence pairs: gold, read from weights, or guessed."""

from collections.abc import Sequence

import numpy as np

from course_lib.data import ToyPair
from course_lib.evaluation import alignment_error_rate, links_from_weights


def alignment_matrix(pair: ToyPair) -> np.ndarray:
    """The gold links of a pair as a picture: (T, S), 1 where a target word translates a source word.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> alignment_matrix(ToyLanguage().translate("my cat slept slowly".split())).shape
        (5, 4)

    Taught in: notebooks/02_sequence_to_sequence
    """
    matrix = np.zeros((len(pair.target), len(pair.source)))
    for source_index, target_index in pair.alignment:
        matrix[target_index, source_index] = 1.0
    return matrix


def diagonal_links(pairs: Sequence[ToyPair]) -> list[set[tuple[int, int]]]:
    """For each pair, the links of one who supposes that both languages say things in the same order.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> sorted(diagonal_links([ToyLanguage().translate("my cat slept slowly".split())])[0])
        [(0, 0), (0, 1), (1, 2), (2, 3), (3, 4)]

    Taught in: notebooks/03_attention
    """
    return [
        {(j * len(pair.source) // len(pair.target), j) for j in range(len(pair.target))} for pair in pairs
    ]


def attention_error_rate(weights: np.ndarray, pairs: Sequence[ToyPair]) -> float:
    """Alignment error rate of attention weights: for each target word, the link with the largest weight.

    Args:
        weights: (pairs, T, S), with the right target words fed in.
        pairs: in the order of the rows.

    Returns:
        from 0, all links as in the gold alignment, to 1.

    Raises:
        ValueError: if there is not one row for each pair.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> pair = ToyLanguage().translate("my cat slept slowly".split())
        >>> attention_error_rate(alignment_matrix(pair)[None], [pair])
        0.0

    Taught in: notebooks/03_attention
    """
    if len(weights) != len(pairs):
        raise ValueError(
            f"`weights` must have a row for each pair. Received: {len(weights)} rows, {len(pairs)} pairs."
        )
    links = [
        links_from_weights(one, len(pair.source), len(pair.target))
        for one, pair in zip(weights, pairs, strict=True)
    ]
    return alignment_error_rate(links, [pair.alignment for pair in pairs])
