"""The best path through a lattice of tags."""

from course_lib.plots.style import COLOURS, WIDTH, checked_array, figure_and_axes, styled


@styled
def best_path_diagram(scores, origins, path, words, tags):
    """Which tag each tag was best reached from, and the way back from the best last one.

    Args:
        scores: (T, K), of the best path up to each place and tag.
        origins: ints (T - 1, K), the tag before, for places 2 to T.
        path: T ints, the best path.
        words: T strings.
        tags: K strings.

    Returns:
        a figure.

    Raises:
        ValueError: when the sizes do not fit.

    Example:
        >>> figure = best_path_diagram([[1, 0], [2, 3]], [[0, 0]], [0, 1], ["a", "cat"], ["O", "B"])
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['1.0', '0.0', '2.0', '3.0']

    Taught in: notebooks/12_fine_tuning_tokens
    """
    scores = checked_array("scores", scores, 2)
    num_places, num_tags = scores.shape
    sizes = {len(words), len(path), len(origins) + 1}
    if sizes != {num_places} or num_tags != len(tags):
        raise ValueError(
            f"Expected {num_places} words, places of the path and origins but one, and {num_tags} tags. "
            f"Received: {len(words)}, {len(path)}, {len(origins)} and {len(tags)}."
        )
    figure, axes = figure_and_axes(0.7 * num_tags + 1.2, width=min(WIDTH, 1.3 * num_places + 1.5))
    for place, row in enumerate(origins, start=1):
        for tag, origin in enumerate(row):
            is_best = (path[place - 1], path[place]) == (origin, tag)
            axes.plot(
                [place - 1, place],
                [origin, tag],
                color=COLOURS[1] if is_best else "#9E9E9E",
                linewidth=3 if is_best else 1,
                linestyle="-" if is_best else "--",
                marker="",
                zorder=1,
            )
    for place in range(num_places):
        for tag in range(num_tags):
            axes.text(
                place,
                tag,
                f"{scores[place, tag]:.1f}",
                ha="center",
                va="center",
                fontweight="bold" if path[place] == tag else "normal",
                bbox={
                    "boxstyle": "round,pad=0.35",
                    "facecolor": "white",
                    "edgecolor": COLOURS[1] if path[place] == tag else "#9E9E9E",
                },
            )
    axes.set_xticks(range(num_places), words)
    axes.set_yticks(range(num_tags), tags)
    axes.set(xlim=(-0.5, num_places - 0.5), ylim=(num_tags - 0.5, -0.5))
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return figure
