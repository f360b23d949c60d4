"""Several pictures side by side, with boxes and with what a model attends to."""

import numpy as np
from matplotlib.patches import Patch, Rectangle

from course_lib.plots.style import COLOURS, figure_and_axes, styled

PICTURE = 1.55  # inches, about the side of a picture in a row of four
BOX_COLOURS = (COLOURS[1], COLOURS[5], COLOURS[3])


def draw_picture(axes, picture, attention):
    """One picture in the unit square, darkened where little is attended to."""
    grey_or_colour = {"cmap": "gray", "vmin": 0.0, "vmax": 1.0} if picture.shape[-1] == 1 else {}
    shown = picture[..., 0] if grey_or_colour else picture
    axes.imshow(shown, extent=(0, 1, 1, 0), interpolation="nearest", **grey_or_colour)
    if attention is not None:
        # Where most is attended to the picture is as it was, elsewhere it is covered up to three quarters.
        cover = np.zeros((*attention.shape, 4))
        cover[..., 3] = 0.75 * (1.0 - attention / max(attention.max(), 1e-12))
        axes.imshow(cover, extent=(0, 1, 1, 0), interpolation="nearest")


def draw_box(axes, box, colour, name):
    """The outline of a box; white under the colour, so that it is seen on any ground."""
    top, left, bottom, right = box
    for width, edge in ((4.0, "white"), (2.0, colour)):
        axes.add_patch(
            Rectangle((left, top), right - left, bottom - top, fill=False, lw=width, ec=edge, gid=name)
        )


@styled
def picture_panels(pictures, boxes=None, attention=None, num_columns=4):
    """Pictures with their titles; boxes are outlined, and what is not attended to is dark.

    Args:
        pictures: dict from title to floats (H, W, 1) or (H, W, 3), from 0 to 1.
        boxes: dict from name, at most three of them, to boxes (N, 4), one for each picture: top, left, bottom
            and right, in units of its height and width.
        attention: N maps (rows, columns), 0 or more, each in units of its own largest value.
        num_columns: pictures in a row.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no picture, one is none, or boxes or maps are not one for each picture.

    Example:
        >>> pictures = {"dark": np.zeros((2, 2, 1)), "light": np.ones((2, 2, 1))}
        >>> figure = picture_panels(pictures, boxes={"left half": [[0.0, 0.0, 1.0, 0.5]] * 2})
        >>> [axes.get_title() for axes in figure.axes]
        ['dark', 'light']

    Taught in: notebooks/17_beyond_text
    """
    pictures = {title: np.asarray(picture) for title, picture in pictures.items()}
    boxes = boxes or {}
    for title, picture in pictures.items():
        if picture.ndim != 3 or picture.shape[-1] not in (1, 3):
            raise ValueError(
                "Each picture must have the shape (H, W, 1) or (H, W, 3). "
                f"Received: {title!r} of shape {picture.shape}."
            )
    lengths = [len(every) for every in boxes.values()] + ([] if attention is None else [len(attention)])
    if not pictures or len(boxes) > len(BOX_COLOURS) or any(n != len(pictures) for n in lengths):
        raise ValueError(
            f"Expected one picture or more, {len(BOX_COLOURS)} names of boxes at most, and a box of each "
            "name and a map for each picture. "
            f"Received: {len(pictures)} pictures, boxes and maps for {lengths}."
        )
    num_columns = min(num_columns, len(pictures))
    num_rows = -(-len(pictures) // num_columns)
    side = min(PICTURE * 4 / num_columns, 2.4)
    figure, grid = figure_and_axes(num_rows * (side + 0.45) + 0.4 * bool(boxes), num_rows, num_columns)
    every = list(np.atleast_1d(grid).flat)
    for index, (axes, (title, picture)) in enumerate(zip(every, pictures.items(), strict=False)):
        draw_picture(axes, picture, None if attention is None else np.asarray(attention[index], "float64"))
        for colour, (name, of_pictures) in zip(BOX_COLOURS, boxes.items(), strict=False):
            draw_box(axes, of_pictures[index], colour, name)
        axes.set_title(title, fontsize=10)
        axes.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(1, 0))
        axes.spines[:].set_visible(False)
    for unused in every[len(pictures) :]:
        unused.remove()
    if boxes:
        handles = [
            Patch(fill=False, edgecolor=colour, lw=2, label=name)
            for colour, name in zip(BOX_COLOURS, boxes, strict=False)
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=len(handles))
    return figure
