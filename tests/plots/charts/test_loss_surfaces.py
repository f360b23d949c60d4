"""Losses on planes."""

import numpy as np
import pytest

from course_lib.plots import loss_surfaces

STEPS = np.linspace(-1, 1, 5)
BOWL = 1 + STEPS[:, None] ** 2 + STEPS**2


def test_all_maps_share_one_logarithmic_scale():
    figure = loss_surfaces({"low": BOWL, "high": 7 * BOWL}, STEPS)
    for axes in figure.axes[:2]:
        assert axes.images[0].get_clim() == (1.0, 21.0)
        assert axes.images[0].norm(np.sqrt(21.0)) == pytest.approx(0.5)


def test_rows_go_up_and_columns_to_the_right():
    slope = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    image = loss_surfaces({"slope": slope}, [-1, 0, 1]).axes[0].images[0]
    assert image.origin == "lower"
    assert image.get_extent() == [-1.5, 1.5, -1.5, 1.5]
    assert image.get_array()[0].tolist() == [1.0, 2.0, 3.0]


def test_lines_stand_at_the_same_heights_in_every_map():
    figure = loss_surfaces({"low": BOWL, "wide": BOWL**2}, STEPS)
    low, wide = (axes.collections[0].levels for axes in figure.axes[:2])
    assert len(low) > 2
    assert set(low) < set(wide)


def test_what_is_not_finite_is_left_out_of_the_scale():
    holed = BOWL.copy()
    holed[0, 0], holed[0, 1] = np.inf, np.nan
    image = loss_surfaces({"holed": holed}, STEPS).axes[0].images[0]
    assert image.get_clim() == (1.0, 3.0)
    assert image.get_array().mask[0, :2].all() and not image.get_array().mask[1:].any()


def test_a_plane_without_slope_is_drawn():
    assert loss_surfaces({"flat": np.full((5, 5), 2.0)}, STEPS)._repr_png_()[1:4] == b"PNG"


@pytest.mark.parametrize(
    "panels, words",
    [
        ({}, "positive losses. Received as the lowest: none"),
        ({"a": np.ones((5, 4))}, r"5 × 5 pairs of steps. Received: shape \(5, 4\) in 'a'"),
        ({"a": BOWL - 1}, "positive losses. Received as the lowest: 0.0"),
        ({"a": np.full((5, 5), np.nan)}, "none that is finite"),
    ],
)
def test_what_cannot_be_drawn_is_refused(panels, words):
    with pytest.raises(ValueError, match=words):
        loss_surfaces(panels, STEPS)
