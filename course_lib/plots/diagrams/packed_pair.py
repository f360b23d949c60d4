"""A pair of texts as BERT reads it: tokens, segments and positions, one above the other."""

from matplotlib.patches import Rectangle

from course_lib.plots.style import COLOURS, figure_and_axes, styled

CELL_WIDTH = 0.62  # inches
NARROWEST, WIDEST = 7.5, 12
PADDING_COLOUR = "#E6E6E6"


@styled
def packed_pair(tokens, segment_ids, padding_mask):
    """Three rows of cells, a column for each token: what is added up at every place.

    Args:
        tokens: T strings.
        segment_ids: T integers, 0 or 1.
        padding_mask: T booleans, True at real tokens; padding is drawn grey.

    Returns:
        a figure.

    Raises:
        ValueError: when there are not equally many.

    Example:
        >>> figure = packed_pair(["[CLS]", "a", "[SEP]", "[PAD]"], [0, 0, 0, 0], [True, True, True, False])
        >>> [text.get_text() for text in figure.axes[0].texts[:4]]
        ['[CLS]', 'a', '[SEP]', '[PAD]']

    Taught in: notebooks/10_bert_pretraining
    """
    length = len(tokens)
    if not length or not length == len(segment_ids) == len(padding_mask):
        raise ValueError(
            "Expected equally many tokens, segments and mask values, and at least one. Received: "
            f"{length}, {len(segment_ids)} and {len(padding_mask)}."
        )
    width = min(max(CELL_WIDTH * length + 1.4, NARROWEST), WIDEST)
    figure, axes = figure_and_axes(height=2.1, width=width)
    rows = (
        ("token", list(tokens), lambda column: "#595959" if tokens[column].startswith("[") else COLOURS[0]),
        (
            "segment",
            [str(segment) for segment in segment_ids],
            lambda column: COLOURS[1 + segment_ids[column]],
        ),
        ("position", [str(position) for position in range(length)], lambda column: "#8C8C8C"),
    )
    for height, (name, texts, colour_of) in enumerate(rows):
        for column, text in enumerate(texts):
            is_real = padding_mask[column]
            colour = colour_of(column) if is_real else PADDING_COLOUR
            axes.add_patch(Rectangle((column + 0.04, -height - 0.82), 0.92, 0.64, color=colour, linewidth=0))
            size = 10 if len(text) <= 6 else 8 if len(text) <= 8 else 7
            axes.text(
                column + 0.5,
                -height - 0.5,
                text,
                ha="center",
                va="center",
                fontsize=size,
                color="white" if is_real else "#404040",
            )
        axes.text(-0.15, -height - 0.5, name, ha="right", va="center")
        if height:
            axes.text(-0.15, -height, "+", ha="right", va="center")
    axes.set(xlim=(-1.6, length), ylim=(-len(rows), 0))
    axes.axis("off")
    return figure
