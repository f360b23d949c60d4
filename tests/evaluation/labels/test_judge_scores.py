"""Scores of who judges replaced tokens, by hand."""

import numpy as np
import pytest

from course_lib.evaluation import area_under_curve, judge_scores

PROBABILITIES = np.array([[0.9, 0.2, 0.7], [0.4, 0.1, 0.3]])
IS_REPLACED = np.array([[True, False, False], [True, False, True]])
IS_JUDGED = np.array([[True, True, True], [True, True, False]])


def test_every_number_by_hand():
    scores = judge_scores(PROBABILITIES, IS_REPLACED, IS_JUDGED)
    assert abs(scores.loss + np.log([0.9, 0.8, 0.3, 0.4, 0.9]).mean()) < 1e-12
    assert scores.accuracy == 3 / 5  # 0.7 and 0.4 are on the wrong side
    assert abs(scores.balanced_accuracy - (1 / 2 + 2 / 3) / 2) < 1e-12
    assert abs(scores.area_under_curve - 5 / 6) < 1e-12
    assert scores.always_real == 3 / 5


def test_what_is_not_judged_does_not_matter():
    other = np.where(IS_JUDGED, PROBABILITIES, 0.99)
    assert judge_scores(other, ~IS_JUDGED ^ IS_REPLACED, IS_JUDGED) == judge_scores(
        PROBABILITIES, IS_REPLACED, IS_JUDGED
    )


def test_who_always_says_real_is_right_often_and_worth_nothing():
    truth = np.arange(100) < 6
    scores = judge_scores(np.full(100, 0.06), truth, np.ones(100, bool))
    assert scores.accuracy == scores.always_real == 0.94
    assert scores.balanced_accuracy == scores.area_under_curve == 0.5
    assert scores.loss < np.log(2)
    lower = judge_scores(np.where(truth, 0.2, 0.05), truth, np.ones(100, bool), threshold=0.1)
    assert lower.accuracy == lower.balanced_accuracy == lower.area_under_curve == 1.0


def test_sure_and_right_costs_nothing_and_sure_and_wrong_without_end():
    truth, judged = np.array([True, False]), np.ones(2, bool)
    assert judge_scores([1.0, 0.0], truth, judged).loss == 0.0
    assert judge_scores([0.0, 0.0], truth, judged).loss == np.inf
    assert area_under_curve([1.0, 0.0], [1, 0]) == 1.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.1, 0.2], [True], [True, True]), "one shape"),
        (([0.1, 1.2], [True, False], [True, True]), "Received: 1.2"),
        (([0.1, np.nan], [True, False], [True, True]), "Received: nan"),
        (([0.1, 0.2], [False, False], [True, True]), "both classes"),
        (([0.1, 0.2, 0.3], [True, False, False], [False, True, True]), "both classes"),
    ],
)
def test_scores_that_cannot_be(arguments, words):
    with pytest.raises(ValueError, match=words):
        judge_scores(*arguments)
