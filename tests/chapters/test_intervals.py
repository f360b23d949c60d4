"""Means, intervals and what they decide."""

import math

import numpy as np
import pytest

from course_lib.chapters import band, mean_and_interval, paired, verdict, with_interval

T_OF_THREE = 4.302652729911275  # Student's t, two degrees of freedom, from a printed table


def test_the_interval_is_students_over_runs():
    values = [2.0, 3.0, 7.0]
    half_width = T_OF_THREE * np.std(values, ddof=1) / math.sqrt(3)
    mean, low, high = mean_and_interval(values)
    np.testing.assert_allclose([mean, low, high], [4.0, 4.0 - half_width, 4.0 + half_width], rtol=1e-9)


def test_the_interval_is_cut_to_what_is_possible():
    assert mean_and_interval([0.0, 1.0, 0.5], 0.0, 1.0)[1:] == (0.0, 1.0)


def test_a_single_run_has_no_width():
    assert mean_and_interval([3]) == (3.0, 3.0, 3.0)
    assert with_interval([3]) == "3.0 (one run)"  # of which an interval would promise too much


@pytest.mark.parametrize("values", [[], [1.0, math.nan], [math.inf, 1.0]])
def test_what_has_no_mean_is_refused(values):
    with pytest.raises(ValueError, match="finite numbers. Received: values="):
        mean_and_interval(values)


def test_a_band_has_the_interval_of_every_column():
    columns = [[1.0, 2.0, 4.0], [5.0, 5.0, 6.0]]
    triples = [mean_and_interval(column, 0.0, 9.0) for column in columns]
    assert band(columns, 0.0, 9.0) == tuple(map(list, zip(*triples, strict=True)))


def test_runs_are_compared_seed_by_seed():
    assert paired(np.array([1.0, 5.0]), (4, 2)) == [-3.0, 3.0]
    with pytest.raises(ValueError, match="Received: 1 and 2 values"):
        paired([1.0], [1.0, 2.0])


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([1.0, 1.01], "above"),
        ([-1.0, -1.01], "below"),
        ([1.0, -1.2], "not told apart"),
        ([0.0, 0.0], "not told apart"),
    ],
)
def test_an_interval_that_holds_zero_decides_nothing(values, says):
    assert verdict(mean_and_interval(values), "above", "below") == says
