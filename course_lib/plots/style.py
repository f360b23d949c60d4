"""One look for every figure: legible at notebook width, telling curves apart with and without colour.

Text falls back, glyph by glyph, from DejaVu Sans to the first of `CHINESE_FONTS` that is installed. With none
of them Chinese tokens show as boxes: install, for instance, Noto Sans CJK (`apt install fonts-noto-cjk`).
"""

import functools
import io
import logging

import matplotlib
import numpy as np
from cycler import cycler
from matplotlib import font_manager
from matplotlib.figure import Figure

WIDTH = 7.5  # inches: the text column of a notebook at 100 dots per inch
# Okabe & Ito's palette, told apart under the common forms of colour blindness; its yellow is left out, too
# pale for lines on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LINE_STYLES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1, 1, 1)), "-")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo")
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "Arial Unicode MS",
)


@functools.cache
def font_families():
    """DejaVu Sans, then the Chinese fonts of this machine."""
    installed = set(font_manager.get_font_names())
    return ["DejaVu Sans", *[name for name in CHINESE_FONTS if name in installed]]


def style():
    """The settings of `matplotlib.rc_context` that all figures are made under.

    Example:
        >>> style()["image.cmap"]
        'viridis'
    """
    return {
        "font.family": font_families(),
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.labelsize": 11,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
        "legend.fontsize": 10,
        "figure.dpi": 100,
        "savefig.dpi": 100,
        "figure.facecolor": "white",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": False,
        "grid.color": "#D9D9D9",
        "lines.linewidth": 1.8,
        "lines.markersize": 5,
        "legend.frameon": False,
        "image.cmap": "viridis",
        "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=LINE_STYLES) + cycler(marker=MARKERS),
    }


def styled(function):
    """Run a plotting function under `style()`, leaving the caller's settings as they were."""

    @functools.wraps(function)
    def wrapper(*arguments, **keywords):
        with matplotlib.rc_context(style()):
            return function(*arguments, **keywords)

    return wrapper


def figure_and_axes(height, num_rows=1, num_columns=1, width=WIDTH):
    """A figure of the course and its axes.

    Args:
        height, width: inches.
        num_rows, num_columns: of the grid.

    Returns:
        the figure, and its axes: one, or an array (num_rows, num_columns).
    """
    figure = CourseFigure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(num_rows, num_columns)


def checked_array(name, values, num_dimensions):
    """A float64 array of the rank asked for.

    Example:
        >>> checked_array("weights", [1.0, 2.0], 2)
        Traceback (most recent call last):
        ...
        ValueError: `weights` must have 2 dimensions, none of size 0. Received: shape (2,).
    """
    array = np.asarray(values, dtype="float64")
    if array.ndim != num_dimensions or 0 in array.shape:
        dimensions = "1 dimension" if num_dimensions == 1 else f"{num_dimensions} dimensions"
        raise ValueError(f"`{name}` must have {dimensions}, none of size 0. Received: shape {array.shape}.")
    return array


class CourseFigure(Figure):
    """A figure outside pyplot's list: nothing to close; a notebook shows it once, as a cell's last value.

    Example:
        >>> CourseFigure(figsize=(2, 1))._repr_png_()[1:4]
        b'PNG'
    """

    def _repr_png_(self):
        buffer = io.BytesIO()
        self.savefig(buffer, format="png")
        return buffer.getvalue()


# Matplotlib tells of each fallback between fonts; the fallback is meant.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
