"""Small maps of all heads: each in its place, on one scale, labelled at the edges alone."""

import numpy as np
import pytest

from course_lib.plots import head_maps

WEIGHTS = np.random.default_rng(0).dirichlet(np.ones(5), size=(2, 3, 7))  # (L=2, N=3, T=7, S=5)


def test_every_head_stands_in_the_row_of_its_layer():
    figure = head_maps(WEIGHTS, list("abcde"), list("tuvwxyz"))
    maps = [axes for axes in figure.axes if axes.images][:6]
    for index, axes in enumerate(maps):
        assert np.array_equal(axes.images[0].get_array(), WEIGHTS[index // 3, index % 3])
        assert axes.images[0].get_clim() == (0.0, 1.0)
    assert [axes.get_title() for axes in maps] == ["head 1", "head 2", "head 3", "", "", ""]
    assert [axes.get_ylabel() for axes in maps] == ["layer 1", "", "", "layer 2", "", ""]


def test_tokens_stand_at_the_left_and_at_the_bottom():
    maps = head_maps(WEIGHTS, list("abcde"), list("tuvwxyz")).axes[:6]
    rows = [[label.get_text() for label in axes.get_yticklabels()] for axes in maps]
    columns = [[label.get_text() for label in axes.get_xticklabels()] for axes in maps]
    assert rows[0] == rows[3] == list("tuvwxyz") and not any(rows[1] + rows[5])
    assert columns[3] == columns[5] == list("abcde") and not any(columns[0])


def test_tokens_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"the last two \(7, 4\). Received: shape \(2, 3, 7, 5\)"):
        head_maps(WEIGHTS, list("abcd"), list("tuvwxyz"))
