"""Matrices whose numbers have a sign."""

import numpy as np

from course_lib.plots.style import WIDTH, checked_array, figure_and_axes, styled

COLOUR_MAP = "PuOr"  # orange below zero, white at zero, purple above: told apart under colour blindness


@styled
def signed_heatmap(panels, xlabel, ylabel, columns=None, rows=None, height=3.0):
    """Matrices side by side on one scale that is white at zero.

    Args:
        panels: title → matrix; all share the axes' names.
        xlabel, ylabel: what columns and rows are.
        columns, rows: numbers of the first and the last column or row, such as (-8, 8); counted from 0 if
            not given.
        height: inches.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no panel, or one is not a matrix.

    Example:
        >>> figure = signed_heatmap({"a turn": [[0.8, 0.6], [-0.6, 0.8]]}, "from", "to")
        >>> [float(limit) for limit in figure.axes[0].images[0].get_clim()]
        [-0.8, 0.8]

    Taught in: notebooks/06_positions
    """
    if not panels:
        raise ValueError("`panels` must hold at least one matrix. Received: none.")
    matrices = {title: checked_array(f"panels[{title!r}]", matrix, 2) for title, matrix in panels.items()}
    highest = max(np.abs(matrix).max() for matrix in matrices.values()) or 1.0
    figure, grid = figure_and_axes(height, 1, len(matrices), width=WIDTH)
    axes = list(np.atleast_1d(grid))
    for one, (title, matrix) in zip(axes, matrices.items(), strict=True):
        left, right = columns or (0, matrix.shape[1] - 1)
        top, bottom = rows or (0, matrix.shape[0] - 1)
        image = one.imshow(
            matrix,
            cmap=COLOUR_MAP,
            vmin=-highest,
            vmax=highest,
            aspect="auto",
            interpolation="nearest",
            extent=(left - 0.5, right + 0.5, bottom + 0.5, top - 0.5),
        )
        one.xaxis.get_major_locator().set_params(integer=True)
        one.yaxis.get_major_locator().set_params(integer=True)
        one.set(xlabel=xlabel, title=title)
    axes[0].set_ylabel(ylabel)
    figure.colorbar(image, ax=axes, shrink=0.9)
    return figure
