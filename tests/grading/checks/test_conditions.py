"""Every condition that the text of an exercise promises is met by a case, whatever the seed."""

import pytest

from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases, load_verdict_module

CONDITIONS = [
    (name, words)
    for name in load_exercises()
    for words in getattr(load_verdict_module(name), "CONDITIONS", {})
]


@pytest.mark.parametrize(("name", "words"), CONDITIONS)
def test_a_condition_is_met_on_every_seed(name, words):
    holds = load_verdict_module(name).CONDITIONS[words]
    without = [seed for seed in range(30) if not any(holds(case) for case in draw_cases(name, seed))]
    assert not without, f"No case of {name} has {words!r} with the seeds {without}."
