"""Wrong answers beside the mutants are rejected, whatever the seed, and told only what is true of them.

They are kept in `tests/wrong_answers/NN_topic/EXERCISE.py`: each public function or class of the file is
an answer, called what is wrong with it. One called `ID__DETAIL` makes the mistake ID of the exercise in
another way than its mutant does, and must be told so. Any other makes a mistake that the exercise does not
list, and must be told none that it does.
"""

import pytest
from support.answers import answer_names, load_answers, verdict_on

from course_lib.grading.judging.exercise import find_exercise

FOLDER = "wrong_answers"
SEEDS = range(30)


@pytest.mark.parametrize(("exercise", "name"), answer_names(FOLDER))
def test_a_wrong_answer_is_rejected_on_every_seed(exercise, name):
    answer = getattr(load_answers(FOLDER, exercise), name)
    mistake, is_listed, _ = name.partition("__")
    for seed in SEEDS:
        verdict = verdict_on(answer, exercise, seed)
        assert not verdict.passed, f"seed {seed}"
        if is_listed:
            assert verdict.diagnosis == mistake, f"seed {seed}\n{verdict}"
        else:
            assert verdict.diagnosis not in find_exercise(exercise).mistakes, f"seed {seed}\n{verdict}"
