"""Shares of attention as a map."""

import pytest

from course_lib.plots import head_shares


def test_every_cell_has_its_figure_and_can_be_read():
    axes = head_shares([[0.7, 0.12], [0.004, 1.0]], ["before", "behind"], ["one", "two"]).axes[0]
    assert [text.get_text() for text in axes.texts] == ["70", "12", "0", "100"]
    assert [text.get_color() for text in axes.texts] == ["black", "white", "white", "black"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["one", "two"]


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"\(1, 2\). Received: \(2, 1\)"):
        head_shares([[0.5], [0.5]], ["before", "behind"], ["one"])
