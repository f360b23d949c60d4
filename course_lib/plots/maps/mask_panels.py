"""Several masks of one text side by side."""

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from course_lib.plots.maps.masks import HIDDEN_COLOUR, SEEN_COLOUR
from course_lib.plots.style import figure_and_axes, styled


@styled
def mask_panels(masks, tokens, num_columns=2):
    """Who may see whom, once for every mask: filled where the mask is True.

    Args:
        masks: dict from title to booleans (T, T), True = may be seen.
        tokens: T names, of the rows and of the columns.
        num_columns: masks in a row.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no mask, or one is not a boolean matrix with a row and a column for each
            token.

    Example:
        >>> masks = {"left": np.tri(2, dtype=bool), "right": np.tri(2, dtype=bool).T}
        >>> figure = mask_panels(masks, ["a", "b"])
        >>> [int(axes.images[0].get_array().sum()) for axes in figure.axes]
        [3, 3]

    Taught in: notebooks/16_masks_as_tasks
    """
    size = len(tokens)
    masks = {title: np.asarray(mask) for title, mask in masks.items()}
    for title, mask in masks.items():
        if mask.shape != (size, size) or mask.dtype != bool:
            raise ValueError(
                f"Each mask must be boolean, of the shape ({size}, {size}). "
                f"Received: {title!r} of shape {mask.shape}, dtype {mask.dtype}."
            )
    if not masks:
        raise ValueError("`masks` must hold at least one mask. Received: none.")
    num_columns = min(num_columns, len(masks))
    num_rows = -(-len(masks) // num_columns)
    figure, grid = figure_and_axes(num_rows * (0.26 * size + 1.2) + 0.5, num_rows, num_columns)
    figure.get_layout_engine().set(wspace=0.06)
    every = list(np.atleast_1d(grid).flat)
    colours = ListedColormap([HIDDEN_COLOUR, SEEN_COLOUR])
    for index, (axes, (title, mask)) in enumerate(zip(every, masks.items(), strict=False)):
        axes.imshow(mask.astype("float64"), cmap=colours, vmin=0, vmax=1, aspect="auto")
        axes.set_title(title)
        axes.set_xticks(range(size), tokens, rotation=90 if max(map(len, tokens)) > 3 else 0)
        axes.set_yticks(range(size), tokens if index % num_columns == 0 else [""] * size)
        axes.set_xticks(np.arange(1, size) - 0.5, minor=True)
        axes.set_yticks(np.arange(1, size) - 0.5, minor=True)
        axes.grid(which="minor", color="white", linewidth=2)
        axes.tick_params(which="both", length=0)
        axes.spines[:].set_visible(False)
        if index % num_columns == 0:
            axes.set_ylabel("who sees")
        if index >= len(masks) - num_columns:
            axes.set_xlabel("who is seen")
    for unused in every[len(masks) :]:
        unused.remove()
    legend = [Patch(color=SEEN_COLOUR, label="seen"), Patch(color=HIDDEN_COLOUR, label="not seen")]
    figure.legend(handles=legend, loc="outside lower center", ncols=2)
    return figure
