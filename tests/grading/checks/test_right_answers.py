"""Right answers in other styles pass, whatever the seed.

They are kept in `tests/right_answers/NN_topic/EXERCISE.py`: each public function or class of the file is an
answer, called what is different about it (`as_a_list`, `in_numpy`), written as a reasonable reader of the
exercise's text may write it. Of thirty seeds those are taken that fit into the time; `--all-seeds` takes all.
"""

import pytest
from support.answers import answer_names, load_answers, seeds_in_time, verdict_on
from support.remembered import remember_check

FOLDER = "right_answers"


@pytest.mark.parametrize(("exercise", "name"), answer_names(FOLDER))
def test_a_right_answer_passes_on_every_seed(exercise, name, monkeypatch, pytestconfig):
    remember_check(exercise, monkeypatch)
    answer = getattr(load_answers(FOLDER, exercise), name)
    for seed in seeds_in_time(5, pytestconfig.option.seconds):
        verdict = verdict_on(answer, exercise, seed)
        assert verdict.passed, f"seed {seed}\n{verdict}"
