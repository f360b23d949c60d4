"""Several systems over source length, with intervals; and what one of them attends to, beside it."""

import numpy as np

from course_lib.plots.charts.lengths import bucket_name
from course_lib.plots.maps.heatmap import check_map, draw_map
from course_lib.plots.style import figure_and_axes, styled


def draw_lengths(axes, edges, systems):
    """One curve per system over the ranges of length, with a bar for each interval."""
    num_ranges = len(edges) - 1
    for label, triples in systems.items():
        if len(triples) != num_ranges:
            raise ValueError(
                f"Expected {num_ranges} triples (mean, low, high) for {label!r}, one for each range between "
                f"`edges`. Received: {len(triples)}."
            )
    for index, (label, triples) in enumerate(systems.items()):
        mean, low, high = np.array(triples, dtype="float64").T
        # A little apart, so that intervals at one length do not cover each other.
        x = np.arange(num_ranges) + 0.07 * (index - (len(systems) - 1) / 2)
        axes.errorbar(x, mean, [mean - low, high - mean], label=label, capsize=3, elinewidth=1.2)
    axes.set_xticks(
        range(num_ranges), [bucket_name(*pair) for pair in zip(edges[:-1], edges[1:], strict=True)]
    )
    axes.set(xlabel="words in the source sentence", ylabel="corpus BLEU", ylim=(0, 104))
    axes.grid(axis="y")


@styled
def bleu_by_length_with_intervals(edges, systems, title=None):
    """BLEU over source length for several systems, each trained with several seeds.

    Args:
        edges: increasing; range k holds edge k ≤ length < edge k + 1; `math.inf` may be the last.
        systems: label → one triple (mean, low, high) for each range.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when a system has not one triple for each range.

    Example:
        >>> import math
        >>> systems = {"none": [(30, 28, 32), (9, 7, 11)], "dot": [(95, 94, 96), (94, 92, 96)]}
        >>> figure = bleu_by_length_with_intervals([1, 9, math.inf], systems)
        >>> [label.get_text() for label in figure.axes[0].get_xticklabels()]
        ['1–8', '9+']

    Taught in: notebooks/03_attention
    """
    figure, axes = figure_and_axes(height=3.6)
    draw_lengths(axes, edges, systems)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    if title:
        axes.set_title(title)
    return figure


@styled
def alignment_and_lengths(weights, source_tokens, target_tokens, gold, edges, systems):
    """What attention looks like and what it buys: a map on the left, BLEU over source length on the right.

    Args:
        weights: attention weights (T, S) of one sentence pair.
        source_tokens, target_tokens: S and T strings.
        gold: pairs (source index, target index) of the true alignment.
        edges, systems: as for `bleu_by_length_with_intervals`.

    Returns:
        a figure, 11 inches wide.

    Raises:
        ValueError: when shapes do not fit.

    Example:
        >>> import math
        >>> systems = {"none": [(30, 28, 32)], "dot": [(95, 94, 96)]}
        >>> figure = alignment_and_lengths([[0.9, 0.1]], ["a", "b"], ["c"], {(0, 0)}, [1, math.inf], systems)
        >>> len(figure.axes)
        3

    Taught in: notebooks/03_attention
    """
    weights = check_map(weights, source_tokens, target_tokens, gold)
    figure, (left, right) = figure_and_axes(height=4.4, num_columns=2, width=11)
    image = draw_map(left, weights, source_tokens, target_tokens, gold, highest=1.0)
    left.set_xlabel("source (outlined: true alignment)")
    left.xaxis.set_label_position("bottom")
    left.set_ylabel("translation")
    figure.colorbar(image, ax=left, label="attention weight", shrink=0.9)
    draw_lengths(right, edges, systems)
    right.legend(loc="center left", bbox_to_anchor=(0.02, 0.42))
    return figure
