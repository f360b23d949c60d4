"""Points of the plane and what lies between them."""

import numpy as np
import pytest

from course_lib.plots import convex_hulls
from course_lib.plots.charts.convex_hulls import convex_hull

TRIANGLE = [[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]]


def area(corners):
    x, y = corners.T
    return 0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1))


def test_the_hull_of_random_points_is_convex_and_holds_them_all():
    points = np.random.default_rng(0).normal(size=(101, 2))
    corners = convex_hull(points)
    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    assert (sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0] > 0).all()
    for corner, side in zip(corners, sides, strict=True):
        offsets = points - corner
        assert (side[0] * offsets[:, 1] - side[1] * offsets[:, 0] > -1e-12).all()


def test_points_inside_and_on_a_side_are_no_corners():
    corners = convex_hull([*TRIANGLE, [1.0, 1.0], [2.0, 0.0], [2.0, 1.5]])
    assert sorted(corners.tolist()) == sorted(TRIANGLE)
    assert area(corners) == pytest.approx(6.0)


def test_every_panel_shows_the_same_hull_and_its_own_points():
    figure = convex_hulls({"inside": [[1.0, 1.0]], "outside": [[9.0, 9.0]]}, TRIANGLE)
    for axes, outputs in zip(figure.axes[:2], ([[1.0, 1.0]], [[9.0, 9.0]]), strict=True):
        assert sorted(axes.patches[0].get_xy()[:-1].tolist()) == sorted(TRIANGLE)
        assert axes.collections[0].get_offsets().tolist() == outputs
        assert axes.collections[1].get_offsets().tolist() == TRIANGLE
        assert axes.get_xlim() == figure.axes[0].get_xlim() and axes.get_xlim()[1] > 9.0
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["outputs", "values"]


@pytest.mark.parametrize(
    "panels, words", [({}, "at least one set of points"), ({"a": [[1.0, 2.0, 3.0]]}, r"shape \(n, 2\)")]
)
def test_what_is_not_of_the_plane_is_refused(panels, words):
    with pytest.raises(ValueError, match=words):
        convex_hulls(panels, TRIANGLE)
