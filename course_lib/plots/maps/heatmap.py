"""Attention weights as pictures."""

from matplotlib.patches import Rectangle

from course_lib.plots.style import WIDTH, checked_array, figure_and_axes, styled

CELL = 0.42  # inches, a cell of a small map
GOLD_COLOUR = "#D55E00"


def check_map(weights, source_tokens, target_tokens, gold):
    """The weights as an array, after checking that tokens and gold links fit them."""
    weights = checked_array("weights", weights, 2)
    expected = (len(target_tokens), len(source_tokens))
    if weights.shape != expected:
        raise ValueError(
            "`weights` must have shape (number of target tokens, number of source tokens) = "
            f"{expected}. Received: shape {weights.shape}."
        )
    for source_index, target_index in gold or ():
        if not (0 <= source_index < expected[1] and 0 <= target_index < expected[0]):
            raise ValueError(
                f"`gold` must hold pairs (source index < {expected[1]}, target index < {expected[0]}). "
                f"Received: {(source_index, target_index)}."
            )
    return weights


def draw_map(axes, weights, source_tokens, target_tokens, gold, highest):
    """One map: a row per target token, a column per source token, the gold links outlined."""
    image = axes.imshow(weights, vmin=0.0, vmax=highest, aspect="auto")
    # Long labels would run into each other level, so they are turned when there is no room.
    is_wide = max(map(len, source_tokens)) > 4 or len(source_tokens) > 12
    axes.set_xticks(
        range(len(source_tokens)),
        source_tokens,
        rotation=90 if len(source_tokens) > 12 else 45 if is_wide else 0,
        ha="center" if len(source_tokens) > 12 or not is_wide else "left",
        rotation_mode="default" if len(source_tokens) > 12 or not is_wide else "anchor",
    )
    axes.set_yticks(range(len(target_tokens)), target_tokens)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for source_index, target_index in sorted(gold or ()):
        corner = (source_index - 0.46, target_index - 0.46)
        # White under the colour: seen on dark cells and on light ones.
        axes.add_patch(Rectangle(corner, 0.92, 0.92, fill=False, edgecolor="white", linewidth=3.5))
        axes.add_patch(
            Rectangle(corner, 0.92, 0.92, fill=False, edgecolor=GOLD_COLOUR, linewidth=2, gid="gold")
        )
    return image


@styled
def attention_heatmap(weights, source_tokens, target_tokens, gold=None, title=None):
    """Which source tokens each target token attended to.

    Args:
        weights: attention weights (T, S), a row per target token.
        source_tokens: S strings.
        target_tokens: T strings.
        gold: pairs (source index, target index) of the true alignment, drawn as outlines.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when shapes do not fit or a gold link lies outside.

    Example:
        >>> weights = [[0.9, 0.1], [0.2, 0.8]]
        >>> figure = attention_heatmap(weights, ["le", "chat"], ["the", "cat"], gold={(0, 0), (1, 1)})
        >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
        ['the', 'cat']

    Reference: Bahdanau et al. 2015, figure 3, which draws the same with source and target in these places.

    Taught in: notebooks/03_attention
    """
    weights = check_map(weights, source_tokens, target_tokens, gold)
    num_targets, num_sources = weights.shape
    width = min(WIDTH, max(4.5, CELL * num_sources + 2.6))
    figure, axes = figure_and_axes(min(8.0, max(2.6, CELL * 0.8 * num_targets + 1.5)), width=width)
    image = draw_map(axes, weights, source_tokens, target_tokens, gold, highest=1.0)
    axes.set_xlabel("source (outlined: true alignment)" if gold else "source")
    axes.xaxis.set_label_position("bottom")
    axes.set_ylabel("target")
    if title:
        figure.suptitle(title)
    figure.colorbar(image, ax=axes, label="attention weight", shrink=0.9)
    return figure


@styled
def attention_heatmaps(weights, source_tokens, target_tokens, titles, gold=None, num_columns=2):
    """Several maps of one sentence pair side by side, on one colour scale.

    Args:
        weights: list of arrays (T, S), for instance one per scoring function or per head.
        source_tokens: S strings.
        target_tokens: T strings.
        titles: one string per map.
        gold: pairs (source index, target index), outlined in each map.
        num_columns: maps in a row.

    Returns:
        a figure.

    Raises:
        ValueError: when shapes do not fit, or the numbers of maps and titles differ.

    Example:
        >>> maps = [[[0.9, 0.1]], [[0.5, 0.5]]]
        >>> figure = attention_heatmaps(maps, ["le", "chat"], ["cat"], titles=["dot", "additive"])
        >>> [axes.get_title() for axes in figure.axes[:2]]
        ['dot', 'additive']

    Taught in: notebooks/03_attention
    """
    if len(weights) != len(titles) or not len(weights):
        raise ValueError(f"`titles` must name each map. Received: {len(weights)} maps, {len(titles)} titles.")
    weights = [check_map(one, source_tokens, target_tokens, gold) for one in weights]
    num_columns = min(num_columns, len(weights))
    num_rows = -(-len(weights) // num_columns)
    height = num_rows * max(1.9, 0.27 * len(target_tokens) + 1.2)
    figure, grid = figure_and_axes(height, num_rows, num_columns)
    axes = [grid] if len(weights) == 1 else list(grid.flat)
    for index, (one, title) in enumerate(zip(weights, titles, strict=True)):
        image = draw_map(axes[index], one, source_tokens, target_tokens, gold, highest=1.0)
        axes[index].set_title(title)
        if index % num_columns:
            axes[index].set_yticklabels([])
    for unused in axes[len(weights) :]:
        unused.remove()
    figure.colorbar(image, ax=axes[: len(weights)], label="attention weight", shrink=0.9)
    return figure
