"""Losses on planes through trained weights, as maps with lines of equal height."""

import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.ticker import FuncFormatter, NullFormatter

from course_lib.plots.charts.log_log import short_number
from course_lib.plots.style import checked_array, figure_and_axes, styled

NUM_LINES = 9


@styled
def loss_surfaces(panels, steps, label="loss", num_columns=2):
    """Maps side by side on one logarithmic colour scale, with the same lines of equal height in each.

    Args:
        panels: title → losses (n, n), positive; what is not finite is left white.
        steps: n numbers, the positions along both axes.
        label: what the colours say, with the unit.
        num_columns: maps in a row.

    Returns:
        a figure. A cross marks the middle, where the weights are.

    Raises:
        ValueError: when there is no panel, shapes do not fit, or no loss is positive.

    Example:
        >>> bowl = [[3.0, 2.0, 3.0], [2.0, 1.0, 2.0], [3.0, 2.0, 3.0]]
        >>> figure = loss_surfaces({"a bowl": bowl}, [-1, 0, 1], "nats per token")
        >>> [float(limit) for limit in figure.axes[0].images[0].get_clim()]
        [1.0, 3.0]

    Taught in: notebooks/07_the_block
    """
    steps = checked_array("steps", steps, 1)
    maps = {title: checked_array(f"panels[{title!r}]", losses, 2) for title, losses in panels.items()}
    for title, losses in maps.items():
        if losses.shape != (len(steps), len(steps)):
            raise ValueError(
                f"`panels` must hold a loss for each of {len(steps)} × {len(steps)} pairs of steps. "
                f"Received: shape {losses.shape} in {title!r}."
            )
    drawn = {title: np.where(np.isfinite(losses), losses, np.nan) for title, losses in maps.items()}
    known = np.concatenate([[], *(losses[np.isfinite(losses)] for losses in drawn.values())])
    if not len(known) or known.min() <= 0:
        lowest = known.min() if len(known) else "none that is finite"
        raise ValueError(f"`panels` must hold positive losses. Received as the lowest: {lowest}.")
    lowest, highest = known.min(), max(known.max(), 1.001 * known.min())
    scale, lines = LogNorm(lowest, highest), np.geomspace(lowest, highest, NUM_LINES + 2)[1:-1]
    num_columns = min(num_columns, len(maps))
    num_rows = -(-len(maps) // num_columns)
    figure, grid = figure_and_axes(3.2 * num_rows + 0.3, num_rows, num_columns)
    cells = list(np.atleast_1d(grid).flat)
    half = (steps[1] - steps[0]) / 2 if len(steps) > 1 else 0.5
    edges = (steps[0] - half, steps[-1] + half)
    for axes, (title, losses) in zip(cells, drawn.items(), strict=False):
        image = axes.imshow(losses, norm=scale, origin="lower", extent=(*edges, *edges), cmap="viridis_r")
        crossed = lines[(lines > np.nanmin(losses)) & (lines < np.nanmax(losses))]
        if len(crossed):
            axes.contour(steps, steps, losses, levels=crossed, colors="white", linewidths=0.8)
        axes.plot(steps.mean(), steps.mean(), marker="+", markersize=9, color="#D55E00", markeredgewidth=2)
        axes.set(title=title, xlim=edges, ylim=edges)
        axes.set(xlabel="step along the first direction", ylabel="along the second")
        axes.label_outer()
    for unused in cells[len(maps) :]:
        unused.remove()
    bar = figure.colorbar(image, ax=cells[: len(maps)], label=label, shrink=0.9)
    bar.set_ticks(np.geomspace(lowest, highest, 5))
    bar.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: short_number(float(f"{value:.2g}"))))
    bar.ax.yaxis.set_minor_formatter(NullFormatter())
    return figure
