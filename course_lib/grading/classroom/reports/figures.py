"""The plots of a class: numbers in, figures out, and figures as part of a page."""

import io
import re
from statistics import median

import matplotlib
from markupsafe import Markup
from matplotlib.ticker import MaxNLocator

from course_lib.plots.style import COLOURS, CourseFigure, figure_and_axes, styled

# Okabe and Ito's vermilion and blue, and a grey for what was not tried.
KIND_COLOURS = {"known": "#D55E00", "other": "#0072B2", "blank": "#8C8C8C"}
KIND_WORDS = {"known": "a mistake we know", "other": "another failure", "blank": "left blank"}
LINE = 0.4  # inches, a label and the bar under it


@styled
def points_histogram(points, possible):
    """How many students have how many points, with the median.

    Example:
        >>> figure = points_histogram([3, 4, 4], possible=5)
        >>> [int(bar.get_height()) for bar in figure.axes[0].patches]
        [0, 0, 0, 1, 2, 0]
    """
    width = max(1, round(possible / 20))
    edges = [start - 0.5 for start in range(0, possible + width + 1, width)]
    figure, axes = figure_and_axes(height=2.8)
    axes.hist(points, bins=edges, color=COLOURS[0], edgecolor="white", linewidth=1)
    axes.axvline(median(points), color="black", linewidth=1.2, linestyle="--", marker="")
    axes.annotate(
        f"median {median(points):g}",
        (median(points), 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
    )
    axes.set(xlabel=f"points of {possible}", ylabel="students", xlim=(edges[0], edges[-1]))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    return figure


@styled
def passed_bars(rows):
    """The share that passed each exercise, in the order of the rows.

    Args:
        rows: `ExerciseRow`s.
    """
    figure, axes = figure_and_axes(height=0.27 * len(rows) + 0.7)
    positions = range(len(rows))
    axes.barh(positions, [100 * row.tried / row.total for row in rows], 0.62, color="#D9D9D9")
    axes.barh(positions, [100 * row.share for row in rows], 0.62, color=COLOURS[0])
    for position, row in enumerate(rows):
        axes.annotate(
            f"{row.passed} of {row.total}",
            (101.5, position),
            va="center",
            fontsize=10,
            annotation_clip=False,
        )
    axes.set_yticks(positions, [row.exercise for row in rows])
    axes.set(xlim=(0, 100), xlabel="per cent of students", ylim=(len(rows) - 0.4, -0.6))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure


@styled
def mistake_bars(mistakes, longest, names_exercise):
    """Mistakes and how many students made each, every label on the line above its bar.

    Args:
        mistakes: `Misconception`s, from top to bottom.
        longest: students at which a bar is as long as the plot, so that plots can be compared.
        names_exercise: whether the labels say the exercise, too.
    """
    figure = CourseFigure(figsize=(6.5, LINE * len(mistakes) + 0.05))
    axes = figure.add_axes((0, 0, 0.94, 1))  # left edges agree from plot to plot
    for position, mistake in enumerate(mistakes):
        count = len(mistake.students)
        axes.barh(position + 0.2, count, 0.34, color=KIND_COLOURS[mistake.kind])
        label = f"{mistake.exercise}: {mistake.label}" if names_exercise else mistake.label
        axes.text(0, position - 0.04, label, fontsize=9.5, va="bottom")
        axes.annotate(
            str(count), (count, position + 0.2), xytext=(4, 0), textcoords="offset points", va="center"
        )
    axes.set(xlim=(0, longest), ylim=(len(mistakes) - 0.55, -0.6))
    axes.axis("off")
    return figure


def as_svg(figure, name, description):
    """A figure as part of an HTML page, its text as text.

    Args:
        figure: a matplotlib figure.
        name: a word of its own on the page, which keeps the ids of its parts apart from those of others.
        description: what it shows, for those who do not see it.

    Returns:
        `Markup` of an `svg` element that refers to nothing outside itself.
    """
    buffer = io.StringIO()
    options = {"svg.fonttype": "none", "svg.hashsalt": name, "text.parse_math": False}
    with matplotlib.rc_context(options):
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(buffer, format="svg", metadata=nothing)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'(<[^<>]* id=")', rf"\1{name}-", text)
    text = re.sub(r'(url\(#|xlink:href="#)', rf"\1{name}-", text)
    head = Markup('<svg role="img" aria-label="{}"').format(description)
    return Markup(text.replace("<svg", head, 1))
