"""Right answers in other styles pass, whatever the seed.

They are kept in `tests/right_answers/NN_topic/EXERCISE.py`: each public function or class of the file is an
answer, called what is different about it (`as_a_list`, `in_numpy`), written as a reasonable reader of the
exercise's text may write it.
"""

import pytest
from support.answers import answer_names, load_answers, verdict_on

FOLDER = "right_answers"
SEEDS = range(30)


@pytest.mark.parametrize(("exercise", "name"), answer_names(FOLDER))
def test_a_right_answer_passes_on_every_seed(exercise, name):
    answer = getattr(load_answers(FOLDER, exercise), name)
    for seed in SEEDS:
        verdict = verdict_on(answer, exercise, seed)
        assert verdict.passed, f"seed {seed}\n{verdict}"
