"""The two stacks of a Transformer, drawn."""

from matplotlib.patches import FancyBboxPatch

from course_lib.plots.style import COLOURS, WIDTH, figure_and_axes, styled

ATTENTION, NETWORK, OTHER = COLOURS[0], COLOURS[1], "#595959"
BOX_WIDTH, BOX_HEIGHT = 2.5, 0.56
ENCODER_X, DECODER_X = 0.0, 4.2
# height of a box's middle, its text and its colour, from below
ENCODER = (
    (0.0, "embedding + positions", OTHER),
    (1.5, "self-attention", ATTENTION),
    (2.7, "position-wise network", NETWORK),
    (5.1, "last norm", OTHER),
)
DECODER = (
    (0.0, "embedding + positions", OTHER),
    (1.5, "causal self-attention", ATTENTION),
    (2.7, "cross-attention", ATTENTION),
    (3.9, "position-wise network", NETWORK),
    (5.1, "last norm", OTHER),
    (6.1, "logits: × embeddingᵀ", OTHER),
)


def draw_arrow(axes, start, end, bend=None):
    """An arrow from one point to another, straight or bent ("arc,…", "angle,…")."""
    properties = {"arrowstyle": "-|>", "color": "#404040", "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=properties | ({"connectionstyle": bend} if bend else {}))


def draw_stack(axes, x, side, boxes, below, above):
    """Boxes from below with arrows between them, residual paths on one side, a frame around the block."""
    for height, text, colour in boxes:
        corner = (x - BOX_WIDTH / 2, height - BOX_HEIGHT / 2)
        axes.add_patch(
            FancyBboxPatch(corner, BOX_WIDTH, BOX_HEIGHT, boxstyle="round,pad=0.02", fc=colour, ec="none")
        )
        axes.text(x, height, text, color="white", ha="center", va="center", fontsize=10)
    heights = [height for height, _, _ in boxes]
    for low, high in zip(heights[:-1], heights[1:], strict=True):
        draw_arrow(axes, (x, low + BOX_HEIGHT / 2 + 0.02), (x, high - BOX_HEIGHT / 2 - 0.02))
    inside = [height for height, _, colour in boxes if colour != OTHER]
    edge = x + side * (BOX_WIDTH / 2 + 0.32)
    for height in inside:  # leaves below the part, comes back above it
        path = [(x, height - 0.45), (edge, height - 0.45), (edge, height + 0.45), (x, height + 0.45)]
        axes.plot(*zip(*path[:3], strict=True), color="#404040", lw=1.2, ls="-", marker="")
        draw_arrow(axes, path[2], path[3])
        axes.text(x - 0.18 * side, height + 0.45, "+", ha="center", va="center", fontsize=11)
    low, high = inside[0] - 0.62, inside[-1] + 0.62
    frame = FancyBboxPatch(
        (x - BOX_WIDTH / 2 - 0.5, low),
        BOX_WIDTH + 1,
        high - low,
        boxstyle="round,pad=0.05",
        fc="none",
        ec="#8C8C8C",
    )
    axes.add_patch(frame)
    axes.text(edge + 0.5 * side, (low + high) / 2, "× L", ha="center", va="center", fontsize=12)
    axes.text(x, -0.75, below, ha="center", va="center", fontsize=10)
    draw_arrow(axes, (x, -0.55), (x, -BOX_HEIGHT / 2 - 0.02))
    if above:
        axes.text(x, heights[-1] + 0.75, above, ha="center", va="center", fontsize=10)
        draw_arrow(axes, (x, heights[-1] + BOX_HEIGHT / 2 + 0.02), (x, heights[-1] + 0.58))


@styled
def transformer_diagram():
    """Encoder on the left, decoder on the right, data flowing upwards.

    Returns:
        a figure.

    Example:
        >>> figure = transformer_diagram()
        >>> sum(text.get_text() == "× L" for text in figure.axes[0].texts)
        2

    Reference: Vaswani et al. (2017), figure 1, whose normalisations stand behind the sums.

    Taught in: notebooks/08_the_transformer
    """
    figure, axes = figure_and_axes(height=5.4, width=WIDTH)
    draw_stack(axes, ENCODER_X, -1, ENCODER, "source tokens (B, S)", None)
    draw_stack(axes, DECODER_X, 1, DECODER, "target tokens, shifted right (B, T)", "next token (B, T, V)")
    top, cross = ENCODER[-1][0], DECODER[2][0]
    middle = (ENCODER_X + DECODER_X) / 2
    path = [(ENCODER_X + BOX_WIDTH / 2 + 0.02, top), (middle, top), (middle, cross)]
    axes.plot(*zip(*path, strict=True), color=ATTENTION, lw=1.6, ls="-", marker="")
    draw_arrow(axes, (middle, cross), (DECODER_X - BOX_WIDTH / 2 - 0.02, cross))
    axes.text(middle, top + 0.3, "memory (B, S, D):\nkeys and values", ha="center", va="bottom", fontsize=10)
    for x, name in ((ENCODER_X, "Encoder"), (DECODER_X, "Decoder")):
        axes.text(x, -1.15, name, ha="center", va="center", fontsize=12, weight="bold")
    axes.set(xlim=(-2.5, 6.7), ylim=(-1.35, 7.05))
    axes.axis("off")
    return figure
