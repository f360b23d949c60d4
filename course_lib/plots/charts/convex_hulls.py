"""Points of the plane and what lies between them."""

import numpy as np
from matplotlib.patches import Polygon

from course_lib.plots.style import COLOURS, checked_array, figure_and_axes, styled


def convex_hull(points):
    """The corners of the smallest convex polygon around points of the plane, counter-clockwise.

    Example:
        >>> convex_hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)]).tolist()
        [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]
    """
    points = sorted(map(tuple, np.asarray(points, "float64").tolist()))

    def half(ordered):  # Andrew's monotone chain: drop every point at which the path turns right
        path = []
        for point in ordered:
            while len(path) > 1:
                (x1, y1), (x2, y2) = path[-2:]
                if (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1) > 0:
                    break
                path.pop()
            path.append(point)
        return path[:-1]

    return np.array(half(points) + half(points[::-1]))


@styled
def convex_hulls(panels, values, value_label="values", output_label="outputs"):
    """Values with their convex hull shaded, and in each panel other points that lie inside or not.

    Args:
        panels: title → outputs (m, 2).
        values: (n, 2), three or more that do not lie on one line; the same in all panels.
        value_label, output_label: names of the two kinds of points.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no panel, or points are not of the plane.

    Example:
        >>> figure = convex_hulls({"means": [[0.3, 0.3]]}, [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
        >>> figure.axes[0].get_title(), len(figure.axes[0].patches)
        ('means', 1)

    Taught in: notebooks/07_the_block
    """
    if not panels:
        raise ValueError("`panels` must hold at least one set of points. Received: none.")
    clouds = {f"panels[{title!r}]": checked_array("panels", points, 2) for title, points in panels.items()}
    clouds["values"] = checked_array("values", values, 2)
    for name, points in clouds.items():
        if points.shape[1] != 2:
            raise ValueError(f"`{name}` must have shape (n, 2). Received: shape {points.shape}.")
    everything = np.concatenate(list(clouds.values()))
    low, high = everything.min(axis=0), everything.max(axis=0)
    (left, bottom), (right, top) = low - 0.05 * (high - low), high + 0.05 * (high - low)
    figure, grid = figure_and_axes(3.6, 1, len(panels))
    for axes, (title, outputs) in zip(np.atleast_1d(grid), panels.items(), strict=True):
        outputs = np.asarray(outputs, "float64")
        axes.add_patch(Polygon(convex_hull(values), facecolor="#E5E5E5", edgecolor="#8C8C8C", zorder=0))
        axes.scatter(*outputs.T, s=10, color=COLOURS[0], alpha=0.6, marker="o", label=output_label)
        axes.scatter(*clouds["values"].T, s=60, color=COLOURS[1], marker="s", label=value_label)
        axes.set(title=title, xlabel="component 1", xlim=(left, right), ylim=(bottom, top))
    axes = np.atleast_1d(grid)
    axes[0].set_ylabel("component 2")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    return figure
