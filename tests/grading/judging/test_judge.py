import json
from dataclasses import replace

import numpy as np
import pytest

from course_lib.grading.judging.exercise import (
    UnknownExercise,
    find_exercise,
    find_sheet,
    load_sheets,
    parse_sheet,
)
from course_lib.grading.judging.judge import draw_cases, judge, load_verdict_module
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.values import Failure, same_tree

MODULE = load_verdict_module("masked_softmax")
reference = MODULE.reference

EXERCISE = find_exercise("masked_softmax")


def right_results(seed):
    return [reference(**case) for case in draw_cases("masked_softmax", seed)]


def test_the_right_results_earn_all_points():
    verdict = judge(EXERCISE, 7, right_results(7))
    assert verdict.passed and verdict.diagnosis is None
    assert verdict.points == verdict.possible == EXERCISE.points
    assert verdict.seed == 7 and verdict.num_cases == len(right_results(7))


def test_the_reference_agrees_with_a_hand_computed_row():
    scores = np.log(np.array([[[1.0, 3.0, 4.0, 8.0]]]))
    mask = np.array([[[True, True, False, False]]])
    np.testing.assert_allclose(reference(scores, mask), [[[0.25, 0.75, 0.0, 0.0]]])
    np.testing.assert_array_equal(reference(scores, ~mask & mask), np.zeros((1, 1, 4)))


def test_results_of_another_seed_do_not_pass():
    results = [np.float32(result) for result in right_results(1)]
    assert not judge(EXERCISE, 2, results).passed


def test_a_seed_draws_the_same_cases_again():
    assert all(map(same_tree, draw_cases("masked_softmax", 3), draw_cases("masked_softmax", 3)))
    assert not all(map(same_tree, draw_cases("masked_softmax", 3), draw_cases("masked_softmax", 4)))


def test_cases_are_what_a_tensor_would_hold():
    for case in draw_cases("masked_softmax", 0):
        assert case["scores"].dtype == "float32" and case["mask"].dtype == "bool"


def test_a_failed_verdict_shows_the_smallest_failing_case():
    cases = draw_cases("masked_softmax", 0)
    results = right_results(0)
    smallest = min(range(len(cases)), key=lambda index: cases[index]["scores"].size)
    largest = max(range(len(cases)), key=lambda index: cases[index]["scores"].size)
    for index in (smallest, largest):
        results[index] = results[index] + 1
    verdict = judge(EXERCISE, 0, results)
    assert not verdict.passed and verdict.points == 0
    assert verdict.diagnosis == "described_mistake"
    assert "every value is 1 too large" in verdict.message
    assert str(cases[smallest]["scores"].shape) in verdict.example.arguments["scores"]
    assert verdict.example.expected != verdict.example.received
    assert "--seed 0 --case" in str(verdict)


def test_a_failed_verdict_knows_which_case_it_shows():
    results = right_results(3)
    results[2] = results[2] + 1
    assert judge(EXERCISE, 3, results).example.index == 2


def test_a_mistake_with_credit_earns_its_share():
    partial = replace(EXERCISE.mistakes["empty_row_uniform"], credit=0.7)
    exercise = replace(EXERCISE, mistakes=EXERCISE.mistakes | {partial.id: partial})
    cases = draw_cases("masked_softmax", 0)
    uniform = [MODULE.MISTAKES[partial.id](**case) for case in cases]
    verdict = judge(exercise, 0, uniform)
    assert (verdict.passed, verdict.diagnosis) == (False, partial.id)
    assert verdict.points == round(0.7 * exercise.points, 2)
    words = f"not yet ({verdict.points:g} of {exercise.points} points)"
    assert words in str(verdict) and words in verdict._repr_html_()
    assert judge(EXERCISE, 0, uniform).points == 0
    assert judge(exercise, 0, [result + 1 for result in right_results(0)]).points == 0


def test_blank_passed_and_wrong_have_one_word_and_one_sign_each():
    blank = judge(EXERCISE, 0, [Failure("not_attempted")] * len(right_results(0)))
    wrong = judge(EXERCISE, 0, [result + 1 for result in right_results(0)])
    for verdict, words in (
        (blank, "○ masked_softmax: blank (0 of"),
        (wrong, "✗ masked_softmax: not yet (0 of"),
        (judge(EXERCISE, 0, right_results(0)), "✓ masked_softmax: passed ("),
    ):
        assert str(verdict).startswith(words) and words in verdict._repr_html_()


def test_the_learners_line_is_in_the_message():
    failure = Failure("raised", "ValueError: bad {shape}", 3, "return bad")
    verdict = judge(EXERCISE, 0, [failure] * len(draw_cases("masked_softmax", 0)))
    assert verdict.message == "Your code raised ValueError: bad {shape} (line 3: `return bad`)"


@pytest.mark.parametrize("kind", GENERIC_DIAGNOSES)
def test_every_generic_diagnosis_has_words(kind):
    results = [Failure(kind, "the words")] * len(draw_cases("masked_softmax", 0))
    verdict = judge(EXERCISE, 0, results, notes=["a note"])
    assert verdict.diagnosis == kind
    assert verdict.message and verdict.hint and "{" not in verdict.message + verdict.hint
    assert "a note" in str(verdict)


def test_the_number_of_results_is_checked():
    with pytest.raises(ValueError, match="one result per case"):
        judge(EXERCISE, 0, right_results(0)[:-1])


def test_a_verdict_is_plain_data():
    verdict = judge(EXERCISE, 0, [result + 1 for result in right_results(0)])
    data = json.loads(json.dumps(verdict.as_dict()))
    assert data["diagnosis"] == "described_mistake" and data["example"]["arguments"].keys() == {
        "scores",
        "mask",
    }


def test_the_box_escapes_what_the_learner_wrote():
    failure = Failure("raised", "ValueError: <script>alert(1)</script>", 1, "x < y")
    box = judge(EXERCISE, 0, [failure] * len(draw_cases("masked_softmax", 0)))._repr_html_()
    assert "<script>" not in box and "&lt;script&gt;" in box
    assert box.count("<div") == box.count("</div>")


GOOD = """
title = "A sheet"
[[exercise]]
name = "f"
points = 1
minutes = 5
difficulty = 1
prerequisites = []
hints = ["a"]
[exercise.mistakes.sign]
message = "m"
hint = "h"
"""


def test_a_sheet_is_read():
    sheet = parse_sheet("01_x", GOOD)
    assert sheet.points == 1
    assert sheet.exercises[0].mistakes["sign"].message == "m"


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("points = 1", "", "Sheet 01_x, exercise 'f': `points` is missing"),
        ("points = 1", 'points = "1"', "`points` must be a int"),
        ("points = 1", "points = 1\nmarks = 2", "`marks` is not a known key"),
        ("difficulty = 1", "difficulty = 4", "Received: 4"),
        ('hint = "h"', 'hint = "h"\ncredit = 1', "'sign': `credit` must be a number from 0 to below 1"),
        ('hint = "h"', 'hint = "h"\ncredit = "half"', "`credit` must be a number. Received: 'half'"),
        ('hint = "h"', 'hint = "h"\ncredit = true', "Received: True"),
        ('hint = "h"', "", "mistake 'sign': `hint` is missing"),
        ("title", "title = = 3 #", "not valid TOML"),
    ],
)
def test_a_broken_sheet_is_named(old, new, words):
    with pytest.raises(ValueError, match=words):
        parse_sheet("01_x", GOOD.replace(old, new, 1))


def test_an_exercise_in_two_sheets_is_refused(tmp_path):
    for name in ("01_a", "02_b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hints_and_mistakes.toml").write_text(GOOD)
    with pytest.raises(ValueError, match="in two sheets: 01_a, 02_b"):
        load_sheets(tmp_path)


def test_an_unknown_name_lists_the_names_near_it():
    with pytest.raises(UnknownExercise, match="Did you mean masked_softmax or .*`course list`"):
        find_exercise("softmax_masked")
    with pytest.raises(UnknownExercise) as error:
        find_exercise("zzzz")
    assert str(error.value) == "No exercise is called 'zzzz'. `course list` shows them all."


@pytest.mark.parametrize("name", ["3", "03", "03_attention"])
def test_a_sheet_has_a_name_and_a_number(name):
    assert find_sheet(name).name == "03_attention"


def test_an_unknown_sheet_is_met_with_the_nearest():
    with pytest.raises(UnknownExercise, match="Did you mean 03_attention"):
        find_sheet("03_atention")
