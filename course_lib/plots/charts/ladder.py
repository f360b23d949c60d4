"""Systems ordered by their score, ours and published ones side by side."""

import textwrap

from course_lib.plots.style import COLOURS, figure_and_axes, styled

OURS, PUBLISHED = COLOURS[0], "#B0B0B0"


@styled
def ladder_plot(ours, published, xlabel, title=None):
    """A horizontal bar for each system, the best on top; published ones are grey and hatched.

    Args:
        ours: label → score.
        published: label → score.
        xlabel: what is measured, with the unit.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no system, or a label stands on both sides.

    Example:
        >>> figure = ladder_plot({"with attention": 30.0, "without": 20.0}, {"theirs": 25.0}, "BLEU")
        >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
        ['without', 'theirs', 'with attention']

    Taught in: notebooks/08_the_transformer
    """
    if not ours and not published:
        raise ValueError("`ours` or `published` must name a system. Received: none.")
    if twice := set(ours) & set(published):
        raise ValueError(f"A label must be ours or published. Received as both: {', '.join(sorted(twice))}.")
    systems = sorted({**published, **ours}.items(), key=lambda system: system[1])
    figure, axes = figure_and_axes(height=0.9 + 0.36 * len(systems))
    for position, (label, score) in enumerate(systems):
        is_ours = label in ours
        axes.barh(
            position,
            score,
            height=0.68,
            color=OURS if is_ours else PUBLISHED,
            hatch="" if is_ours else "//",
            edgecolor="white",
            linewidth=0,
            label="ours" if is_ours else "published",
        )
        axes.annotate(
            f"{score:.1f}", (score, position), xytext=(4, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(systems)), [label for label, _ in systems])
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.1, y=0.02)
    axes.set_xlabel(textwrap.fill(xlabel, 42))
    if title:
        axes.set_title(title)
    if ours and published:
        handles, labels = axes.get_legend_handles_labels()
        one_of_each = dict(zip(labels, handles, strict=True))
        axes.legend(one_of_each.values(), one_of_each, loc="lower right")
    return figure
