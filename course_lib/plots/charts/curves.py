"""Curves: losses over epochs, scores over sizes."""

import itertools
import textwrap

import numpy as np
from matplotlib.ticker import FuncFormatter, LogFormatter

from course_lib.plots.style import checked_array, figure_and_axes, styled

MOST_MARKED_POINTS = 25


def _turn_labels_that_touch(axes):
    """Turns the labels of the horizontal axis where one would run into the next."""
    axes.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    space = boxes[0].height / 2 if boxes else 0
    if any(left.x1 + space > right.x0 for left, right in itertools.pairwise(boxes)):
        axes.tick_params(axis="x", rotation=45)


@styled
def curves(series, xlabel, ylabel, title=None, log_x=False, log_y=False, reference=None):
    """Labelled curves, with a band where an interval is given and level lines for known values.

    Args:
        series: label → (x, y) or (x, y, low, high), sequences of one length.
        xlabel, ylabel: names of the axes, with the unit.
        title: text above.
        log_x: logarithmic horizontal axis, marked at the values of all curves.
        log_y: logarithmic vertical axis.
        reference: label → height of a level line, for instance the true entropy.

    Returns:
        a figure.

    Raises:
        ValueError: when a curve is not 2 or 4 sequences of one length.

    Example:
        >>> series = {"loss": ([1, 2, 3], [3.0, 2.0, 1.5])}
        >>> figure = curves(series, "epoch", "nats per token", reference={"entropy": 1.2})
        >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
        ['loss', 'entropy']

    Taught in: notebooks/01_language_models
    """
    figure, axes = figure_and_axes(height=3.6)
    for label, parts in series.items():
        if len(parts) not in (2, 4):
            raise ValueError(
                f"Expected (x, y) or (x, y, low, high) for {label!r}. Received: {len(parts)} parts."
            )
        parts = [checked_array(f"series[{label!r}]", part, 1) for part in parts]
        if len({len(part) for part in parts}) > 1:
            lengths = ", ".join(str(len(part)) for part in parts)
            raise ValueError(f"Expected sequences of one length for {label!r}. Received: lengths {lengths}.")
        x, y = parts[:2]
        (line,) = axes.plot(x, y, label=label, markevery=max(1, len(x) // MOST_MARKED_POINTS))
        if len(parts) == 4:
            axes.fill_between(x, parts[2], parts[3], color=line.get_color(), alpha=0.18, linewidth=0)
    for index, (label, height) in enumerate((reference or {}).items()):
        dashes = (0, (1 + 3 * index, 2))
        axes.axhline(height, color="#595959", linewidth=1.2, linestyle=dashes, marker="", label=label)
    if log_y:
        axes.set_yscale("log")
        # Plain numbers; between the powers of ten only where the range is short.
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(LogFormatter(minor_thresholds=(1.5, 0.5)))
    if log_x:
        axes.set_xscale("log")
        axes.set_xticks(sorted({value for parts in series.values() for value in parts[0]}))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.minorticks_off()
    whole = np.concatenate([np.asarray(parts[0], "float64") for parts in series.values()])
    if not log_x and np.all(whole == whole.round()):
        axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set(xlabel=xlabel, ylabel=textwrap.fill(ylabel, 42))
    axes.grid(axis="y")
    if title:
        axes.set_title(title)
    # Beside the curves and not over them.
    is_crowded = len(series) + len(reference or {}) > 4
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5)) if is_crowded else axes.legend()
    if log_x:
        _turn_labels_that_touch(axes)
    return figure
