"""What an exercise asks can be sent to the process that runs a submission."""

import pytest

from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases
from course_lib.grading.worker.messages import decode, encode


@pytest.mark.parametrize("name", load_exercises())
def test_every_case_can_be_sent(name):
    for seed in range(5):
        cases = draw_cases(name, seed)
        assert len(decode(encode(cases))) == len(cases)
