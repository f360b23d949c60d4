"""Words as points of the plane."""

from course_lib.plots.style import COLOURS, MARKERS, checked_array, figure_and_axes, styled


@styled
def scatter_words(points, labels, groups=None, title=None, xlabel="component 1", ylabel="component 2"):
    """Word vectors reduced to two dimensions, each with its word, groups by colour and by marker.

    Args:
        points: coordinates (n, 2), for instance the first two principal components.
        labels: n words.
        groups: n group names, for instance parts of speech.
        title: text above.
        xlabel, ylabel: names of the axes.

    Returns:
        a figure.

    Raises:
        ValueError: when shapes do not fit.

    Example:
        >>> figure = scatter_words([[0.0, 1.0], [2.0, 3.0]], ["cat", "runs"], ["noun", "verb"])
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['cat', 'runs']

    Taught in: notebooks/01_language_models
    """
    points = checked_array("points", points, 2)
    if points.shape != (len(labels), 2) or (groups is not None and len(groups) != len(labels)):
        num_groups = "none" if groups is None else len(groups)
        raise ValueError(
            "`points` must have shape (n, 2), with n labels and n groups. "
            f"Received: shape {points.shape}, {len(labels)} labels, groups {num_groups}."
        )
    figure, axes = figure_and_axes(height=4.8)
    names = list(dict.fromkeys(groups)) if groups is not None else [None]
    for index, name in enumerate(names):
        chosen = [row for row in range(len(labels)) if groups is None or groups[row] == name]
        colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
        axes.scatter(*points[chosen].T, color=colour, marker=marker, s=30, label=name)
        for row in chosen:
            axes.annotate(labels[row], points[row], xytext=(4, 3), textcoords="offset points", fontsize=9)
    axes.margins(x=0.12, y=0.08)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    if title:
        axes.set_title(title)
    if groups is not None:
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure
