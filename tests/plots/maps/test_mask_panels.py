"""Masks side by side."""

import numpy as np
import pytest

from course_lib.plots import mask_panels

MASKS = {"left to right": np.tri(3, dtype=bool), "all": np.ones((3, 3), bool), "none": np.zeros((3, 3), bool)}


def test_every_mask_has_its_panel_and_what_is_not_used_is_gone():
    figure = mask_panels(MASKS, ["a", "b", "c"])
    assert [axes.get_title() for axes in figure.axes] == list(MASKS)
    for axes, mask in zip(figure.axes, MASKS.values(), strict=True):
        assert (axes.images[0].get_array().astype(bool) == mask).all()
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("masks", "said"),
    [
        ({}, "at least one mask"),
        ({"x": np.ones((2, 3), bool)}, r"of the shape \(3, 3\)"),
        ({"x": np.ones((3, 3))}, "must be boolean"),
    ],
)
def test_what_is_no_mask_is_refused(masks, said):
    with pytest.raises(ValueError, match=said):
        mask_panels(masks, ["a", "b", "c"])
