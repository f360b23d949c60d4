"""Matrices whose numbers have a sign."""

import numpy as np
import pytest

from course_lib.plots import signed_heatmap


def test_all_panels_share_a_scale_that_is_white_at_zero():
    figure = signed_heatmap({"small": [[0.5, -1.0]], "large": [[-7.0, 3.0]]}, "column", "row")
    for axes in figure.axes[:2]:
        assert axes.images[0].get_clim() == (-7.0, 7.0)
    np.testing.assert_allclose(figure.axes[0].images[0].cmap(0.5), [0.97, 0.97, 0.97, 1.0], atol=0.02)


def test_cells_stand_at_their_numbers():
    figure = signed_heatmap({"bias": np.ones((3, 5))}, "distance", "head", columns=(-2, 2))
    assert figure.axes[0].images[0].get_extent() == [-2.5, 2.5, 2.5, -0.5]


def test_a_matrix_of_zeros_is_drawn():
    assert signed_heatmap({"nothing": np.zeros((2, 2))}, "x", "y").axes[0].images[0].get_clim() == (-1.0, 1.0)


@pytest.mark.parametrize(
    "panels, words", [({}, "at least one matrix"), ({"flat": [1.0, 2.0]}, "2 dimensions")]
)
def test_what_is_no_matrix_is_refused(panels, words):
    with pytest.raises(ValueError, match=words):
        signed_heatmap(panels, "x", "y")
