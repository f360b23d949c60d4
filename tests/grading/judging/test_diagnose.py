from types import SimpleNamespace

import numpy as np
import pytest

from course_lib.grading.judging.diagnose import compare, diagnose
from course_lib.grading.worker.values import Failure


@pytest.mark.parametrize(
    "received, expected, diagnosis",
    [
        (np.float32([1, 2]), np.array([1.0, 2.0]), None),
        (np.float32([1, 2.001]), np.array([1.0, 2.0]), "unknown_mistake"),
        (np.float32([1e-9, 0]), np.array([1e-9, 0.0]), None),
        (np.float32([3e-9, 0]), np.array([1e-9, 0.0]), "unknown_mistake"),
        (np.zeros((2, 1)), np.zeros(2), "wrong_shape"),
        (np.float32(0.5), np.float64(0.5), None),
        (None, np.zeros(2), "returned_none"),
        ("text", np.zeros(2), "wrong_type"),
        (np.array([True]), np.array([1.0]), "wrong_type"),
        (np.array([1.0]), np.array([True]), "wrong_type"),
        (np.array([1]), np.array([1.0]), None),
        (np.array([1.0]), np.array([1]), "wrong_type"),
        (np.array([2]), np.array([1]), "unknown_mistake"),
        (np.array([1j]), np.array([1.0]), "wrong_type"),
        (np.array([np.nan]), np.array([1.0]), "not_finite"),
        (np.array([np.inf]), np.array([1.0]), "not_finite"),
        (np.array([-np.inf]), np.array([-np.inf]), None),
        (np.array([0.0]), np.array([-np.inf]), "unknown_mistake"),
        ([np.zeros(2), np.zeros(3)], np.zeros((2, 3)), "wrong_shape"),
        ([np.zeros(2), np.ones(2)], np.array([[0.0, 0.0], [1.0, 1.0]]), None),
        ([[np.array(0), np.array(0.5)], [1, 2]], np.array([[0.0, 0.5], [1.0, 2.0]]), None),
        ([np.array(1), np.array(0.5)], np.array([1, 0]), "wrong_type"),
        ([np.array(True), np.array(0.5)], np.array([1.0, 0.5]), "wrong_type"),
        ([None, np.array(0.5)], np.array([1.0, 0.5]), "wrong_shape"),
        ([], np.zeros(0, "int32"), None),
        ((np.zeros(2), np.ones(3)), (np.zeros(2), np.ones(3)), None),
        ([np.zeros(2), np.ones(3)], (np.zeros(2), np.ones(3)), None),
        (np.zeros((2, 3)), (np.zeros(3), np.zeros(3)), None),
        ((np.zeros(2),), (np.zeros(2), np.ones(3)), "wrong_shape"),
        ({"a": np.ones(1)}, {"a": np.ones(1)}, None),
        ({"a": np.ones(1)}, {"b": np.ones(1)}, "wrong_shape"),
        ({"a": np.zeros(1)}, {"a": np.ones(1)}, "unknown_mistake"),
        (np.ones(1), {"a": np.ones(1)}, "wrong_type"),
        ({(0, 1)}, {(0, 1)}, None),
        ({(1, 0)}, {(0, 1)}, "unknown_mistake"),
        ([], set(), None),
        (["a", "b"], ["a", "b"], None),
        (["a", "c"], ["a", "b"], "unknown_mistake"),
        ("a", "a", None),
        ("b", "a", "unknown_mistake"),
        (np.ones(1), "a", "wrong_type"),
        (Failure("raised", "words"), np.ones(1), "raised"),
    ],
)
def test_compare(received, expected, diagnosis):
    difference = compare(received, expected)
    assert (difference and difference[0]) == diagnosis


def test_tolerance_is_tight_at_every_scale():
    for scale in (1e-6, 1.0, 1e6):
        expected = scale * np.array([1.0, 2.0, 3.0])
        assert compare(np.float32(expected), expected) is None
        assert compare(np.float32(expected * (1 + 1e-5)), expected) is None
        assert compare(np.float32(expected * (1 + 1e-3)), expected) is not None


CASES = [{"number": np.array(value)} for value in (1.0, 2.0, 5.0)]
EXPECTED = [2 * case["number"] for case in CASES]


def run(answer, order=("squared", "plus_two", "negative_even"), **module):
    exercise = SimpleNamespace(mistakes=dict.fromkeys(order))
    module = {
        "MISTAKES": {"squared": lambda number: number**2, "plus_two": lambda number: number + 2},
        "SYMPTOMS": {"negative_even": lambda arguments, received, expected: received < 0},
        **module,
    }
    received = [answer(case["number"]) for case in CASES]
    return diagnose(exercise, SimpleNamespace(**module), CASES, received, EXPECTED)


def test_the_right_answer_has_no_diagnosis():
    assert run(lambda number: 2 * number) is None


def test_a_mistake_is_named_and_shown_on_a_failing_case():
    diagnosis, index, _ = run(lambda number: number**2)
    assert diagnosis == "squared"
    assert index == 0, "2 is right on the second case only"


def test_a_mistake_must_explain_the_cases_that_are_right_too():
    def answer(number):
        return number + 2 if number != 2 else np.array(7.0)

    assert run(answer)[0] == "unknown_mistake"


def test_a_symptom_must_hold_on_every_failing_case_only():
    assert run(lambda number: -number)[0] == "negative_even"
    assert run(lambda number: 2 * number if number < 5 else -number)[0] == "negative_even"
    assert run(lambda number: -number if number < 5 else number)[0] == "unknown_mistake"


def test_the_order_of_the_sheet_decides():
    module = {"MISTAKES": {"first": lambda number: -number, "second": lambda number: -number}, "SYMPTOMS": {}}
    assert run(lambda number: -number, ("first", "second"), **module)[0] == "first"
    assert run(lambda number: -number, ("second", "first"), **module)[0] == "second"


def test_any_variant_of_a_mistake_will_do():
    module = {"MISTAKES": {"sign": (lambda number: -number, lambda number: -2 * number)}, "SYMPTOMS": {}}
    assert run(lambda number: -2 * number, ("sign",), **module)[0] == "sign"


def test_a_re_enactment_that_raises_matches_an_answer_that_raises():
    def raises(number):
        raise ValueError

    module = {"MISTAKES": {"broken": raises}, "SYMPTOMS": {}}
    assert run(lambda number: Failure("raised"), ("broken",), **module)[0] == "broken"
    assert run(lambda number: number, ("broken",), **module)[0] == "unknown_mistake"


def test_a_symptom_that_does_not_fit_the_value_does_not_hold():
    module = {"SYMPTOMS": {"key": lambda arguments, received, expected: received["a"] > 0}, "MISTAKES": {}}
    assert run(lambda number: Failure("raised"), ("key",), **module)[0] == "raised"


@pytest.mark.parametrize(
    "kind", ["not_attempted", "time_out", "too_much_memory", "too_much_output", "stopped", "sheet_failed"]
)
def test_what_ends_a_run_comes_before_any_mistake(kind):
    answers = iter([CASES[0]["number"] ** 2, Failure(kind, "words"), Failure(kind, "words")])
    assert run(lambda number: next(answers)) == (kind, 1, "words")


def test_an_exception_is_named_before_a_wrong_shape():
    answers = iter([np.zeros(3), Failure("raised", "ValueError"), np.array(4.0)])
    assert run(lambda number: next(answers))[0] == "raised"
