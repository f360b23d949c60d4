"""A wrong answer is asked again where it was run first, in little time, and only where that helps."""

import numpy as np
import pytest

from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import right_values
from course_lib.grading.practice.checking import Task, judge_task
from course_lib.grading.sandbox import Limits, Run
from course_lib.grading.sandbox.hurry import SECOND_ASKING_SECONDS
from course_lib.grading.worker.values import Failure, map_arrays


class Box:
    """Stands for a sandbox: answers from the reference, changed, and remembers what it was asked."""

    def __init__(self, change, later=None):
        self.limits, self.asked = Limits(), []
        self.change, self.later = change, later or change

    def run(self, text, filename, name, cases, *rest):
        change = self.later if self.asked else self.change
        self.asked.append((self.limits.seconds, cases))
        return Run(change(cases), (), "", 0.0)


@pytest.fixture
def task(tmp_path):
    path = tmp_path / "03_attention.py"
    path.write_text("def attention_context(scores, value, padding_mask): ...\n")
    return Task(find_exercise("attention_context"), path)


def without_mask(cases):
    """As if the mask kept everything, and three times too large."""
    kept = [{**case, "padding_mask": np.ones_like(case["padding_mask"])} for case in cases]
    return [map_arrays(lambda array: 3 * array, value) for value in right_values("attention_context", kept)]


def test_the_second_asking_goes_through_the_same_box(task):
    box = Box(without_mask)
    verdict = judge_task(task, box, seed=4).verdict
    assert verdict.diagnosis == "described_mistake"
    assert "does not depend on `padding_mask` at all" in verdict.message
    (first, cases), (second, further) = box.asked
    assert (first, second) == (Limits().seconds, SECOND_ASKING_SECONDS)
    assert len(further) > len(cases) and box.limits == Limits()


def test_what_needs_no_more_words_is_not_asked_again(task):
    def mask_ignored(cases):
        return [map_arrays(lambda array: array / 3, value) for value in without_mask(cases)]

    for change, diagnosis in (
        (lambda cases: right_values("attention_context", cases), None),
        (mask_ignored, "mask_ignored"),
        (lambda cases: [Failure("raised", "ValueError")] * len(cases), "raised"),
    ):
        box = Box(change)
        assert judge_task(task, box, seed=4).verdict.diagnosis == diagnosis
        assert len(box.asked) == 1


def test_a_second_asking_that_ends_early_takes_nothing_from_the_verdict(task):
    box = Box(without_mask, later=lambda cases: [Failure("time_out", "no end")] * len(cases))
    verdict = judge_task(task, box, seed=4).verdict
    assert verdict.diagnosis in ("described_mistake", "unknown_mistake") and not verdict.passed
    assert "padding_mask" not in verdict.message.replace("there is a False in `padding_mask`", "")


def test_what_comes_back_may_be_anything(task):
    odd = [
        None,
        "text",
        [1, [2]],
        {"a": 1},
        np.zeros((2, 0)),
        np.array(1j),
        Failure("raised", "x"),
        np.full(3, np.nan),
    ]
    for value in odd:
        box = Box(without_mask, later=lambda cases, value=value: [value] * len(cases))
        assert not judge_task(task, box, seed=4).verdict.passed
        box = Box(lambda cases, value=value: [value] * len(cases))
        assert not judge_task(task, box, seed=4).verdict.passed
