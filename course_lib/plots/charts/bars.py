"""Scores of systems with their intervals."""

import textwrap

from course_lib.plots.style import COLOURS, figure_and_axes, styled


def mean_low_high(label, values):
    """(mean, low, high) of a triple, or of an interval (low, high), whose middle stands for the mean.

    Example:
        >>> mean_low_high("dot", (10.0, 14.0))
        (12.0, 10.0, 14.0)
    """
    values = tuple(float(value) for value in values)
    if len(values) == 2:
        values = (sum(values) / 2, *values)
    if len(values) != 3 or not values[1] <= values[0] <= values[2]:
        raise ValueError(
            f"Expected (low, high) or (mean, low, high) with low ≤ mean ≤ high for {label!r}. "
            f"Received: {values}."
        )
    return values


def three_figures(value):
    """A number with three figures that say something, as far as decimals go.

    Example:
        >>> [three_figures(value) for value in (31.46, 1.5749, -0.02)]
        ['31.5', '1.57', '-0.020']
    """
    return f"{value:.{1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3}f}"


@styled
def bars_with_intervals(systems, ylabel, title=None):
    """One bar per system from zero to its mean, with its interval and the mean in figures.

    Each bar has a colour of its own, as long as there are enough of them; of more systems all have one.

    Args:
        systems: label → (mean, low, high), or (low, high), whose middle stands for the mean.
        ylabel: what is measured, with the unit.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no system or a mean lies outside its interval.

    Example:
        >>> figure = bars_with_intervals({"none": (20.0, 18.0, 21.0), "dot": (30.0, 33.0)}, "BLEU")
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['20.0', '31.5']

    Taught in: notebooks/03_attention
    """
    if not systems:
        raise ValueError("`systems` must name at least one system. Received: none.")
    triples = [mean_low_high(label, values) for label, values in systems.items()]
    figure, axes = figure_and_axes(height=3.4)
    colours = COLOURS if len(systems) <= len(COLOURS) else COLOURS[:1] * len(systems)
    for position, (mean, low, high) in enumerate(triples):
        axes.bar(position, mean, width=0.6, color=colours[position], alpha=0.75)
        axes.errorbar(
            position,
            mean,
            [[mean - low], [high - mean]],
            color="black",
            linewidth=1.4,
            linestyle="none",
            marker="",
            capsize=5,
        )
        axes.annotate(
            three_figures(mean),
            (position, max(high, 0.0)),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    is_crowded = max(map(len, systems)) * len(systems) > 70
    axes.set_xticks(
        range(len(systems)),
        list(systems),
        rotation=30 if is_crowded else 0,
        ha="right" if is_crowded else "center",
    )
    axes.margins(y=0.12)
    axes.set_ylabel(textwrap.fill(ylabel, 26 if is_crowded else 36))
    axes.axhline(0, color="black", linewidth=0.8, linestyle="-", marker="")
    if title:
        axes.set_title(title)
    return figure
