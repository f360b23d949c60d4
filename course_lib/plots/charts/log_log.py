"""Quantities that grow as powers: both axes logarithmic, what was measured over what was predicted."""

from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from course_lib.plots.style import COLOURS, LINE_STYLES, MARKERS, checked_array, figure_and_axes, styled


def short_number(value, _=None):
    """A number as a label: 0.001, 64, 4,096, and powers of ten beyond.

    Example:
        >>> short_number(4096), short_number(0.25), short_number(1e-5), short_number(1e9)
        ('4,096', '0.25', '1e-05', '1e+09')
    """
    return f"{value:,.0f}" if 1 <= value < 1e6 and value == round(value) else f"{value:.3g}"


@styled
def log_log(panels, xlabels, predicted=None, num_columns=2):
    """Panels of curves on logarithmic axes; a power law is a straight line there, its exponent the slope.

    Args:
        panels: title → label → (x, y) or (x, y, low, high): measured values, drawn as marks and a line,
            with a band where an interval is given. A label keeps its colour in all panels.
        xlabels: one for each panel, or one string for all.
        predicted: title → label → (x, y): drawn as thin grey lines, each with its label.
        num_columns: panels in a row.

    Returns:
        a figure.

    Raises:
        ValueError: when a value is not positive, lengths differ, or a prediction has no panel.

    Example:
        >>> sizes = [1, 2, 4, 8]
        >>> panels = {"seconds": {"attention": (sizes, [2, 8, 32, 128])}}
        >>> figure = log_log(panels, "length", predicted={"seconds": {"n²": (sizes, [1, 4, 16, 64])}})
        >>> figure.axes[0].get_xscale(), figure.axes[0].get_title()
        ('log', 'seconds')

    Taught in: notebooks/04_queries_keys_values
    """
    predicted = predicted or {}
    if unknown := set(predicted) - set(panels):
        raise ValueError(f"`predicted` must name panels of {list(panels)}. Received: {sorted(unknown)}.")
    xlabels = [xlabels] * len(panels) if isinstance(xlabels, str) else xlabels
    if len(xlabels) != len(panels):
        raise ValueError(f"`xlabels` must be one for each panel. Received: {len(xlabels)} for {len(panels)}.")
    labels = list(dict.fromkeys(label for series in panels.values() for label in series))
    num_columns = min(num_columns, len(panels))
    num_rows = -(-len(panels) // num_columns)
    figure, grid = figure_and_axes(3.1 * num_rows + 0.4, num_rows, num_columns)
    cells = [grid] if len(panels) == 1 else list(grid.flat)
    handles = {}
    for axes, xlabel, (title, series) in zip(cells, xlabels, panels.items(), strict=False):
        axes.set(xscale="log", yscale="log", xlabel=xlabel, title=title)
        for label, parts in predicted.get(title, {}).items():
            x, y = checked_parts(label, parts)
            axes.plot(x, y, color="#8C8C8C", linewidth=1.1, linestyle="-", marker="")
            axes.annotate(
                label,
                (x[-1], y[-1]),
                xytext=(3, 0),
                textcoords="offset points",
                color="#595959",
                fontsize=9,
                va="center",
                annotation_clip=False,
            )
        for label, parts in series.items():
            x, y, *band = checked_parts(label, parts)
            look = labels.index(label) % len(COLOURS)
            (handles[label],) = axes.plot(
                x, y, color=COLOURS[look], linestyle=LINE_STYLES[look], marker=MARKERS[look], label=label
            )
            if band:
                axes.fill_between(x, *band, color=COLOURS[look], alpha=0.18, linewidth=0)
        ticks = sorted({value for parts in series.values() for value in parts[0]})
        axes.set_xticks(ticks[:: -(-len(ticks) // 5)])
        axes.xaxis.set_major_formatter(FuncFormatter(short_number))
        low, high = axes.get_ylim()
        if high / low < 200:  # a short range: more than its powers of ten
            axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(FuncFormatter(short_number))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.minorticks_off()
        axes.grid(axis="y")
    for unused in cells[len(panels) :]:
        unused.remove()
    is_wide = sum(map(len, handles)) > 60
    columns = min(3 if is_wide else 4, len(handles))
    figure.legend(handles.values(), handles, loc="outside lower center", ncols=columns)
    return figure


def checked_parts(label, parts):
    """The sequences of one curve as arrays, after checking that a logarithm can be taken of them."""
    arrays = [checked_array(f"panels[…][{label!r}]", part, 1) for part in parts]
    if len(arrays) not in (2, 4) or len({len(array) for array in arrays}) > 1:
        lengths = ", ".join(str(len(array)) for array in arrays)
        raise ValueError(
            f"Expected (x, y) or (x, y, low, high) of one length for {label!r}. Received: lengths {lengths}."
        )
    lowest = min(array.min() for array in arrays)
    if lowest <= 0:
        raise ValueError(f"Logarithmic axes need positive values. Received: {lowest:g} in {label!r}.")
    return arrays
