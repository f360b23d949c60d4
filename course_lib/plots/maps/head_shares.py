"""What each head looks at, in per cent, as one map."""

from course_lib.plots.style import checked_array, figure_and_axes, styled

ROW_HEIGHT = 0.32  # inches


@styled
def head_shares(shares, kinds, heads):
    """A row for each head, a column for each kind of place, the share of its attention in figures.

    Args:
        shares: array (H, K), from 0 to 1.
        kinds: K strings, what is looked at.
        heads: H strings, the names of the rows.

    Returns:
        a figure.

    Raises:
        ValueError: when shapes do not fit.

    Example:
        >>> figure = head_shares([[0.7, 0.1]], ["before", "behind"], ["layer 1, head 1"])
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['70', '10']

    Taught in: notebooks/10_bert_pretraining
    """
    shares = checked_array("shares", shares, 2)
    if shares.shape != (len(heads), len(kinds)):
        raise ValueError(
            f"`shares` must have shape (heads, kinds) = {(len(heads), len(kinds))}. Received: {shares.shape}."
        )
    figure, axes = figure_and_axes(height=1.2 + ROW_HEIGHT * len(heads))
    axes.imshow(shares, vmin=0.0, vmax=1.0, aspect="auto")
    for row, values in enumerate(shares):
        for column, value in enumerate(values):
            colour = "white" if value < 0.6 else "black"
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", color=colour, fontsize=10)
    axes.set_xticks(range(len(kinds)), kinds)
    axes.set_yticks(range(len(heads)), heads)
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
    axes.set_xlabel("share of a head's attention, per cent")
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure
