"""Wrong answers beside the mutants are rejected, whatever the seed, and told only what is true of them.

They are kept in `tests/wrong_answers/NN_topic/EXERCISE.py`: each public function or class of the file is
an answer, called what is wrong with it. One called `ID__DETAIL` makes the mistake ID of the exercise in
another way than its mutant does, and must be told so. Any other makes a mistake that the exercise does not
list, and must be told none that it does. On the first seeds the verdict is written out, with what a mistake
that is not listed does; on the others it ends with the diagnosis, which takes less time. The
others are those of thirty that the time allows; `--all-seeds` takes them all.
"""

import pytest
from support.answers import answer_names, diagnosis_on, load_answers, seeds_in_time, verdict_on
from support.remembered import remember_check

from course_lib.grading.judging.exercise import find_exercise

FOLDER = "wrong_answers"
WORDED_SEEDS = 3


@pytest.mark.parametrize(("exercise", "name"), answer_names(FOLDER))
def test_a_wrong_answer_is_rejected_on_every_seed(exercise, name, monkeypatch, pytestconfig):
    remember_check(exercise, monkeypatch)
    answer = getattr(load_answers(FOLDER, exercise), name)
    for seed in seeds_in_time(WORDED_SEEDS + 2, pytestconfig.option.seconds):
        if seed >= WORDED_SEEDS:
            assert_true_of(exercise, name, diagnosis_on(answer, exercise, seed), f"seed {seed}")
            continue
        verdict = verdict_on(answer, exercise, seed)
        assert not verdict.passed, f"seed {seed}"
        assert verdict.message
        assert_true_of(exercise, name, verdict.diagnosis, f"seed {seed}\n{verdict}")


def assert_true_of(exercise, name, diagnosis, where):
    """A wrong answer is told its mistake where it is a listed one, and otherwise none that is listed."""
    mistake, is_listed, _ = name.partition("__")
    assert diagnosis, where
    if is_listed:
        assert diagnosis == mistake, where
    else:
        assert diagnosis not in find_exercise(exercise).mistakes, where
