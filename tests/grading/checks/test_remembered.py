"""What the tests of answers remember is what would have been worked out."""

import numpy as np
import pytest
from support.remembered import remember_check, remembered

from course_lib.grading.judging.judge import draw_cases, right_values
from course_lib.grading.worker.values import same_tree


def test_equal_arguments_are_worked_out_once_and_each_caller_has_a_value_of_its_own():
    calls = []

    @remembered
    def doubled(numbers):
        calls.append(numbers)
        return 2 * numbers

    first = doubled(np.array([1.0, 2.0]))
    first[0] = 97
    np.testing.assert_array_equal(doubled(np.array([1.0, 2.0])), [2.0, 4.0])
    np.testing.assert_array_equal(doubled(np.array([1.0, 3.0])), [2.0, 6.0])
    assert len(calls) == 2


def test_what_was_raised_is_raised_again():
    calls = []

    @remembered
    def broken(number):
        calls.append(number)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            broken(5)
    assert calls == [5]


def test_what_cannot_be_kept_is_worked_out_each_time():
    calls = []

    @remembered
    def applied(function):
        calls.append(function)
        return function

    assert applied(len) is len
    assert applied(lambda: 1)() == applied(lambda: 1)() == 1
    assert len(calls) == 3


@pytest.mark.parametrize("exercise", ["greedy_with_cache", "viterbi", "paired_interval"])
def test_a_remembered_check_draws_and_answers_as_ever(exercise, monkeypatch):
    cases = [draw_cases(exercise, seed) for seed in (0, 1)]
    values = [right_values(exercise, drawn) for drawn in cases]
    remember_check(exercise, monkeypatch)
    for _ in range(2):
        for seed in (0, 1):
            drawn = draw_cases(exercise, seed)
            assert same_tree(drawn, cases[seed])
            assert same_tree(right_values(exercise, drawn), values[seed])
