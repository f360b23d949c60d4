"""The drawing of the two stacks: what it holds, in which order, and that nothing is cut off."""

from course_lib.plots import transformer_diagram


def boxes_of(axes, is_decoder):
    """The texts inside one stack, from below."""
    texts = [text for text in axes.texts if text.get_color() == "white"]
    inside = [text for text in texts if (text.get_position()[0] > 2) == is_decoder]
    return [text.get_text() for text in sorted(inside, key=lambda text: text.get_position()[1])]


def test_the_parts_stand_in_the_order_of_the_paper():
    axes = transformer_diagram().axes[0]
    encoder, decoder = boxes_of(axes, False), boxes_of(axes, True)
    assert encoder[1:3] == ["self-attention", "position-wise network"]
    assert decoder[1:4] == ["causal self-attention", "cross-attention", "position-wise network"]
    assert encoder[0] == decoder[0] == "embedding + positions"


def test_no_text_leaves_the_figure():
    figure = transformer_diagram()
    figure.canvas.draw()
    width, height = figure.bbox.size
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert min(box.x0, box.y0) >= 0 and box.x1 <= width and box.y1 <= height, text.get_text()


def test_every_part_of_a_block_has_a_residual_path():
    axes = transformer_diagram().axes[0]
    assert sum(text.get_text() == "+" for text in axes.texts) == 2 + 3
