"""The lattice of tags."""

import pytest

from course_lib.plots import best_path_diagram

ORIGINS = [[0, 0], [1, 0]]


def test_the_best_path_is_drawn_apart():
    figure = best_path_diagram([[1, 0], [2, 3], [4, 5]], ORIGINS, [0, 1, 0], ["a", "cat", "sat"], ["O", "B"])
    thick = [line.get_xydata().tolist() for line in figure.axes[0].lines if line.get_linewidth() > 2]
    assert thick == [[[0, 0], [1, 1]], [[1, 1], [2, 0]]]
    bold = [text.get_position() for text in figure.axes[0].texts if text.get_fontweight() == "bold"]
    assert bold == [(0, 0), (1, 1), (2, 0)]


def test_sizes_must_fit():
    with pytest.raises(ValueError, match="3 words"):
        best_path_diagram([[1, 0], [2, 3], [4, 5]], ORIGINS, [0, 1], ["a", "cat", "sat"], ["O", "B"])
