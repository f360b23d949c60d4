"""What may follow what: a matrix over labels, its numbers written into the cells."""

from course_lib.plots.maps.signed_heatmap import COLOUR_MAP
from course_lib.plots.style import WIDTH, checked_array, figure_and_axes, styled

CELL = 0.46  # inches


@styled
def transition_map(scores, labels, title=None, form="{:.1f}"):
    """The score of every label behind every other, white at zero.

    Args:
        scores: (K, K), from the row to the column.
        labels: K strings.
        title: text above.
        form: how a number is written into its cell.

    Returns:
        a figure.

    Raises:
        ValueError: when there are not K labels for K rows and columns.

    Example:
        >>> figure = transition_map([[0.5, -3.0], [1.0, 2.0]], ["O", "B"])
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['0.5', '-3.0', '1.0', '2.0']

    Taught in: notebooks/12_fine_tuning_tokens
    """
    scores = checked_array("scores", scores, 2)
    if scores.shape != (len(labels), len(labels)):
        raise ValueError(f"Expected {len(labels)} rows and columns. Received: shape {scores.shape}.")
    highest = abs(scores).max() or 1.0
    size = min(WIDTH, max(3.4, CELL * len(labels) + 2.4))
    figure, axes = figure_and_axes(size * 0.85, width=size)
    image = axes.imshow(scores, cmap=COLOUR_MAP, vmin=-highest, vmax=highest, interpolation="nearest")
    places = range(len(labels))
    axes.set_xticks(places, labels, rotation=90)
    axes.set_yticks(places, labels)
    axes.set(xlabel="to", ylabel="from")
    for row in places:
        for column in places:
            score = scores[row, column]
            colour = "white" if abs(score) > 0.6 * highest else "black"
            axes.text(column, row, form.format(score), ha="center", va="center", fontsize=8, color=colour)
    if title:
        figure.suptitle(title)
    figure.colorbar(image, ax=axes, shrink=0.8)
    return figure
