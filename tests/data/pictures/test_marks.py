"""The marks: equal from afar by integration on a fine grid, and not equal from near."""

import numpy as np
import pytest

from course_lib.data.pictures.marks import MARKS, mark_distance

POINTS = (np.arange(2001) - 1000) / 1000
X, Y = np.meshgrid(POINTS, POINTS)
CELL = 1e-6


@pytest.mark.parametrize("mark", MARKS)
def test_area_centre_and_second_moments_are_those_of_every_mark(mark):
    inside = mark_distance(mark, X, Y) < 0
    assert inside.sum() * CELL == pytest.approx(0.9, abs=3e-3)
    x, y = X[inside], Y[inside]
    moments = [x.mean(), y.mean(), (x * x).mean(), (y * y).mean(), (x * y).mean()]
    assert moments == pytest.approx([0, 0, 0.15, 0.15, 0], abs=1e-3)
    assert np.hypot(x, y).max() < 1


@pytest.mark.parametrize("mark", MARKS)
def test_distances_are_those_to_the_edge(mark):
    """Against the nearest point inside of a grid; two points differ by no more than they are apart."""
    coarse = X[::20, ::20], Y[::20, ::20]
    inside = np.stack(coarse, axis=-1)[mark_distance(mark, *coarse) < 0]
    for point in np.random.default_rng(0).uniform(-1.2, 1.2, (29, 2)):
        distance = mark_distance(mark, *point)
        nearest = np.hypot(*(inside - point).T).min()
        assert distance == pytest.approx(nearest, abs=0.021) if distance > 0 else nearest < 0.021
        assert abs(mark_distance(mark, *(point + 0.01)) - distance) <= 0.01415


def test_marks_differ():
    drawn = np.stack([mark_distance(mark, X, Y) < 0 for mark in MARKS])
    for one in range(4):
        for other in range(one):
            assert (drawn[one] ^ drawn[other]).sum() * CELL > 0.5


def test_a_mark_that_is_none_is_refused():
    with pytest.raises(ValueError, match="one of cross, ring, bars, dots. Received: mark='star'"):
        mark_distance("star", 0.0, 0.0)
