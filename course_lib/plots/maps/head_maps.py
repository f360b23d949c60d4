"""The maps of all heads of a model, small, in the order of the model."""

import numpy as np

from course_lib.plots.style import figure_and_axes, styled

MAP_WIDTH = 10  # inches, the whole figure: four heads side by side stay legible


@styled
def head_maps(weights, column_tokens, row_tokens):
    """Attention of every head to one sentence: a row of maps for each layer, a column for each head.

    Args:
        weights: attention weights (L, N, T, S): layers, heads, queries, keys.
        column_tokens: S strings, what is attended to.
        row_tokens: T strings, what attends.

    Returns:
        a figure, 10 inches wide.

    Raises:
        ValueError: when shapes do not fit.

    Example:
        >>> figure = head_maps([[[[0.9, 0.1]], [[0.5, 0.5]]]], ["le", "chat"], ["cat"])
        >>> [axes.get_title() for axes in figure.axes[:2]]
        ['head 1', 'head 2']

    Taught in: notebooks/08_the_transformer
    """
    weights = np.asarray(weights, dtype="float64")
    expected = (len(row_tokens), len(column_tokens))
    if weights.ndim != 4 or 0 in weights.shape or weights.shape[2:] != expected:
        raise ValueError(
            "`weights` must have shape (layers, heads, number of row tokens, number of column tokens), the "
            f"last two {expected}. Received: shape {weights.shape}."
        )
    num_layers, num_heads = weights.shape[:2]
    height = num_layers * (0.6 + 0.19 * len(row_tokens)) + 0.8
    figure, grid = figure_and_axes(height, num_layers, num_heads, width=MAP_WIDTH)
    grid = np.reshape(np.array(grid, dtype=object), (num_layers, num_heads))
    for layer in range(num_layers):
        for head in range(num_heads):
            axes = grid[layer, head]
            image = axes.imshow(weights[layer, head], vmin=0.0, vmax=1.0, aspect="auto")
            axes.tick_params(length=0, labelsize=8)
            is_bottom = layer == num_layers - 1
            axes.set_xticks(range(expected[1]), column_tokens if is_bottom else [""] * expected[1])
            axes.tick_params(axis="x", rotation=90)
            axes.set_yticks(range(expected[0]), row_tokens if head == 0 else [""] * expected[0])
            for spine in axes.spines.values():
                spine.set_visible(False)
            if layer == 0:
                axes.set_title(f"head {head + 1}")
            if head == 0:
                axes.set_ylabel(f"layer {layer + 1}")
    figure.colorbar(image, ax=list(grid.flat), label="attention weight", shrink=0.8)
    return figure
