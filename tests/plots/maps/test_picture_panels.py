"""Pictures side by side: what is drawn over each, and what is refused."""

import numpy as np
import pytest

from course_lib.plots import picture_panels

PICTURES = {name: np.full((3, 5, 3), value) for name, value in (("a", 0.2), ("b", 0.4), ("c", 0.6))}


def test_boxes_stand_where_they_are_and_maps_cover_what_is_not_attended_to():
    maps = [np.array([[1.0, 3.0]]), np.array([[2.0, 0.0]]), np.array([[1.0, 1.0]])]
    boxes = [[0.1, 0.2, 0.5, 0.7], [0.0, 0.0, 1.0, 1.0], [0.3, 0.3, 0.4, 0.4]]
    figure = picture_panels(PICTURES, boxes={"mark": boxes}, attention=maps, num_columns=2)
    assert [axes.get_title() for axes in figure.axes] == ["a", "b", "c"]
    for axes, box, weights in zip(figure.axes, boxes, maps, strict=True):
        outlines = [patch for patch in axes.patches if patch.get_gid() == "mark"]
        left, top = outlines[-1].get_xy()
        found = [top, left, top + outlines[-1].get_height(), left + outlines[-1].get_width()]
        np.testing.assert_allclose(found, box, atol=1e-12)
        cover = np.asarray(axes.images[1].get_array())[..., 3]
        np.testing.assert_allclose(cover, 0.75 * (1 - weights / weights.max()))
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["mark"]


def test_a_picture_fills_the_unit_square_from_the_top():
    picture = np.zeros((2, 3, 1))
    picture[0, 0] = 1.0
    (axes,) = picture_panels({"one": picture}).axes
    assert axes.images[0].get_extent() == [0, 1, 1, 0]
    assert axes.get_ylim() == (1, 0)
    assert axes.images[0].get_array()[0, 0] == 1.0


@pytest.mark.parametrize(
    ("pictures", "options", "message"),
    [
        ({}, {}, "Received: 0 pictures"),
        ({"a": np.zeros((2, 3))}, {}, r"'a' of shape \(2, 3\)"),
        (PICTURES, {"boxes": {"mark": [[0, 0, 1, 1]]}}, r"maps for \[1\]"),
        (PICTURES, {"attention": [np.ones((1, 1))] * 2}, r"maps for \[2\]"),
        (PICTURES, {"boxes": dict.fromkeys("wxyz", [[0, 0, 1, 1]] * 3)}, "3 names of boxes at most"),
    ],
)
def test_what_does_not_fit_is_refused(pictures, options, message):
    with pytest.raises(ValueError, match=message):
        picture_panels(pictures, **options)
