"""An encoder–decoder, drawn step by step."""

from matplotlib.patches import FancyBboxPatch

from course_lib.plots.style import COLOURS, WIDTH, figure_and_axes, styled

READER_COLOUR, VECTOR_COLOUR, WRITER_COLOUR = COLOURS[0], COLOURS[1], COLOURS[2]
BOX_WIDTH, BOX_HEIGHT = 0.62, 0.5
RAIL = -0.58  # height of the line along which the vector goes to every step of the writer


def draw_box(axes, x, text, colour, width=BOX_WIDTH, height=BOX_HEIGHT):
    """A rounded box centred at (x, 0)."""
    corner = (x - width / 2, -height / 2)
    axes.add_patch(
        FancyBboxPatch(corner, width, height, boxstyle="round,pad=0.02", facecolor=colour, edgecolor="none")
    )
    axes.text(x, 0, text, color="white", ha="center", va="center", fontsize=8.5)


def draw_arrow(axes, start, end, colour="#404040"):
    """A straight arrow from one point to another."""
    properties = {"arrowstyle": "-|>", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=properties)


@styled
def unrolled_translator(source_tokens, target_tokens, start_token="[START]", end_token="[END]"):
    """A reader that ends in one vector, and a writer that begins with it and reads it at every step.

    Args:
        source_tokens: strings, read from left to right.
        target_tokens: strings, the right translation: fed to the writer shifted right.
        start_token: what the writer reads first.
        end_token: what it must write last.

    Returns:
        a figure.

    Raises:
        ValueError: when a sentence has no token.

    Example:
        >>> figure = unrolled_translator(["the", "cat"], ["so", "miro"])
        >>> [text.get_text() for text in figure.axes[0].texts if text.get_text()][:4]
        ['GRU', 'the', 'GRU', 'cat']

    Reference: Cho et al. 2014, figure 1; Sutskever et al. 2014 hand the vector over once.

    Taught in: notebooks/02_sequence_to_sequence
    """
    if not source_tokens or not target_tokens:
        raise ValueError(
            "`source_tokens` and `target_tokens` must hold at least one token each. "
            f"Received: {len(source_tokens)} and {len(target_tokens)}."
        )
    reads, writes = [start_token, *target_tokens], [*target_tokens, end_token]
    vector = len(source_tokens)
    figure, axes = figure_and_axes(height=2.5, width=WIDTH)
    for position, token in enumerate(source_tokens):
        draw_box(axes, position, "GRU", READER_COLOUR)
        axes.text(position, -0.95, token, ha="center", va="center", fontsize=9)
        draw_arrow(axes, (position, -0.78), (position, -0.3))
        draw_arrow(axes, (position + 0.35, 0), (position + 0.65, 0))
    draw_box(axes, vector, "vector", VECTOR_COLOUR, width=0.66, height=0.9)
    for step, (read, written) in enumerate(zip(reads, writes, strict=True)):
        position = vector + 1 + step
        draw_box(axes, position, "GRU", WRITER_COLOUR)
        axes.text(position, -0.95, read, ha="center", va="center", fontsize=9)
        axes.text(position, 0.95, written, ha="center", va="center", fontsize=9, weight="bold")
        draw_arrow(axes, (position, -0.78), (position, -0.3))
        draw_arrow(axes, (position, 0.3), (position, 0.78))
        draw_arrow(axes, (position - 0.65, 0), (position - 0.35, 0))
        draw_arrow(axes, (position - 0.2, RAIL), (position - 0.2, -0.3), VECTOR_COLOUR)
    rail = ([vector, vector, vector + len(reads) - 0.2], [-0.47, RAIL, RAIL])
    axes.plot(*rail, color=VECTOR_COLOUR, marker="", linestyle="-", lw=1.2)
    for text, low, high, colour in (
        ("encoder reads", 0, vector - 1, READER_COLOUR),
        ("decoder reads, and must write (bold)", vector + 1, vector + len(reads), WRITER_COLOUR),
    ):
        axes.plot([low - 0.35, high + 0.35], [-1.25, -1.25], color=colour, marker="", linestyle="-", lw=2)
        axes.text((low + high) / 2, -1.5, text, color=colour, ha="center", va="center", fontsize=10)
    axes.set(xlim=(-0.6, vector + len(reads) + 0.6), ylim=(-1.7, 1.15))
    axes.axis("off")
    return figure
