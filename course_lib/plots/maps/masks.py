"""Masks as pictures."""

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from course_lib.plots.style import WIDTH, figure_and_axes, styled

HIDDEN_COLOUR, SEEN_COLOUR = "#E6E6E6", "#0072B2"


@styled
def mask_image(mask, row_tokens=None, column_tokens=None, title=None):
    """Which positions may be attended to: filled where the mask is True.

    Args:
        mask: booleans (T, S), True = attend.
        row_tokens: T names of the queries; numbers from 0 by default.
        column_tokens: S names of the keys; numbers from 0 by default.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when the mask is not a boolean matrix or the names do not fit it.

    Example:
        >>> figure = mask_image(np.tril(np.ones((3, 3), bool)), ["a", "b", "c"], ["a", "b", "c"])
        >>> int(figure.axes[0].images[0].get_array().sum())
        6

    Taught in: notebooks/03_attention
    """
    mask = np.asarray(mask)
    if mask.ndim != 2 or mask.dtype != bool or not mask.size:
        raise ValueError(
            f"`mask` must be a boolean matrix, not empty. Received: shape {mask.shape}, dtype {mask.dtype}."
        )
    num_rows, num_columns = mask.shape
    row_tokens = list(map(str, range(num_rows))) if row_tokens is None else list(row_tokens)
    column_tokens = list(map(str, range(num_columns))) if column_tokens is None else list(column_tokens)
    if (len(row_tokens), len(column_tokens)) != mask.shape:
        raise ValueError(
            f"Expected a name for each row and column of a mask {mask.shape}. "
            f"Received: {len(row_tokens)} and {len(column_tokens)}."
        )
    width = min(WIDTH, max(4.2, 0.45 * num_columns + 2.4))
    figure, axes = figure_and_axes(height=min(7.0, max(2.4, 0.36 * num_rows + 1.4)), width=width)
    axes.imshow(
        mask.astype("float64"),
        cmap=ListedColormap([HIDDEN_COLOUR, SEEN_COLOUR]),
        vmin=0,
        vmax=1,
        aspect="auto",
    )
    axes.set_xticks(range(num_columns), column_tokens, rotation=90 if max(map(len, column_tokens)) > 3 else 0)
    axes.set_yticks(range(num_rows), row_tokens)
    axes.set_xticks(np.arange(1, num_columns) - 0.5, minor=True)
    axes.set_yticks(np.arange(1, num_rows) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set(xlabel="key position", ylabel="query position")
    if title:
        axes.set_title(title)
    legend = [Patch(color=SEEN_COLOUR, label="attend"), Patch(color=HIDDEN_COLOUR, label="hidden")]
    axes.legend(handles=legend, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure
