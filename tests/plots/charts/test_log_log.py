import numpy as np
import pytest

from course_lib.plots import log_log

SIZES = [16, 64, 256, 1024]


def test_measured_and_predicted_are_drawn_with_their_values():
    panels = {
        "seconds": {"attention": (SIZES, [1, 4, 16, 64]), "recurrence": (SIZES, [5, 5, 5, 5])},
        "bytes": {"recurrence": (SIZES, [1, 2, 3, 4], [0.5, 1, 2, 3], [2, 3, 4, 5])},
    }
    figure = log_log(panels, ["length", "width"], predicted={"seconds": {"n²": (SIZES, [2, 8, 32, 128])}})
    seconds, volume = figure.axes
    assert [axes.get_title() for axes in figure.axes] == ["seconds", "bytes"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["length", "width"]
    assert all(axes.get_xscale() == axes.get_yscale() == "log" for axes in figure.axes)
    by_label = {line.get_label(): line for line in seconds.lines}
    np.testing.assert_array_equal(by_label["attention"].get_ydata(), [1, 4, 16, 64])
    np.testing.assert_array_equal(seconds.lines[0].get_ydata(), [2, 8, 32, 128])
    assert [text.get_text() for text in seconds.texts] == ["n²"]
    assert by_label["recurrence"].get_color() == volume.lines[0].get_color()
    assert len(volume.collections) == 1
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["attention", "recurrence"]
    assert figure._repr_png_()[1:4] == b"PNG"


@pytest.mark.parametrize(
    "panels, arguments, message",
    [
        ({"a": {"b": (SIZES, [1, 2, 3, 0])}}, {"xlabels": "x"}, "positive values. Received: 0 in 'b'"),
        ({"a": {"b": (SIZES, [1, 2])}}, {"xlabels": "x"}, "for 'b'. Received: lengths 4, 2"),
        ({"a": {"b": (SIZES, SIZES)}}, {"xlabels": ["x", "y"]}, "Received: 2 for 1"),
        ({"a": {"b": (SIZES, SIZES)}}, {"xlabels": "x", "predicted": {"c": {}}}, r"Received: \['c'\]"),
    ],
)
def test_bad_input_is_refused(panels, arguments, message):
    with pytest.raises(ValueError, match=message):
        log_log(panels, **arguments)
