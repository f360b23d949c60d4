"""What may follow what."""

import numpy as np
import pytest

from course_lib.plots import transition_map


def test_rows_are_where_one_comes_from():
    figure = transition_map(np.arange(9).reshape(3, 3), ["O", "B", "I"], title="learned")
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["O", "B", "I"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("to", "from")
    written = {text.get_position(): text.get_text() for text in axes.texts}
    assert written[(2, 0)] == "2.0" and written[(0, 2)] == "6.0"


def test_as_many_labels_as_rows_are_asked_for():
    with pytest.raises(ValueError, match="3 rows and columns"):
        transition_map(np.zeros((2, 2)), ["O", "B", "I"])
