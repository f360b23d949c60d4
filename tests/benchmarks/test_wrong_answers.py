"""The aims of the judge for wrong answers nobody foresaw, on a sample of mutants of every exercise."""

import pytest

from benchmarks.wrong_answers.__main__ import count_answers
from benchmarks.wrong_answers.held_out import load_held_out
from benchmarks.wrong_answers.mutants import mutants_of, sheet_namespace
from benchmarks.wrong_answers.tables import wrong_answers_table
from course_lib.grading.judging.exercise import UnknownExercise, find_exercise, load_exercises

SAMPLE = [name for index, name in enumerate(load_exercises()) if index % 4 == 0]


def test_the_aims_hold_on_a_sample():
    answers = [mutant for name in SAMPLE for mutant in mutants_of(name, 2, seed=1)]
    counts = count_answers(answers, equivalence_seeds=20)
    told = sum(counts.get(key, 0) for key in ("named", "described", "seen"))
    assert counts["wrong"] > 15
    assert not counts["accepted_answers"], counts["accepted_answers"]
    assert not counts["misled_answers"], counts["misled_answers"]
    assert told >= 0.8 * counts["wrong"], counts


@pytest.mark.parametrize("name", ["masked_softmax", "beam_step"])
def test_mutants_differ_from_the_solution_and_from_each_other(name):
    sources = [mutant.source for mutant in mutants_of(name)]
    assert len(set(sources)) == len(sources) > 20
    assert all(mutant.build() is not None for mutant in mutants_of(name, 3))
    assert mutants_of(name, 3) == mutants_of(name, 3) != mutants_of(name, 3, seed=1)


def test_a_folder_of_answers_is_read(tmp_path):
    (tmp_path / "03_attention").mkdir()
    text = (
        "import numpy as np\n\ndef wrong_1(scores, mask):\n    'It returns the scores.'\n    return scores\n"
    )
    path = tmp_path / "03_attention" / "masked_softmax.py"
    path.write_text(text + "\ndef right_1(scores, mask): ...\n\ndef helper(): ...\n")
    answers = load_held_out(tmp_path)
    assert [(one.exercise, one.name, one.is_right) for one in answers] == [
        ("masked_softmax", "wrong_1", False),
        ("masked_softmax", "right_1", True),
    ]
    assert answers[0].build()(3, None) == 3
    path.rename(path.with_name("no_exercise.py"))
    with pytest.raises(UnknownExercise, match="no_exercise"):
        load_held_out(tmp_path)


class Answer:
    """An answer as a folder of held-out ones gives it."""

    def __init__(self, name, function):
        self.exercise, self.name, self.is_right = "masked_softmax", name, name.startswith("right")
        self.build = lambda: function


def test_what_is_counted():
    solution = sheet_namespace(find_exercise("masked_softmax").sheet)["masked_softmax"]
    answers = [
        Answer("right_1", solution),
        Answer("right_2", lambda scores, mask: solution(scores, mask) * 2),
        Answer("wrong_1", solution),
        Answer("wrong_2", lambda scores, mask: solution(scores, mask) * 2),
        Answer("wrong_3", lambda scores, mask: scores[0, 0, 0, 0]),
        Answer("wrong_4", lambda scores, mask: solution(scores, ~mask)),
    ]
    counts = count_answers(answers, report=lambda line: None)
    expected = {
        "right": 2,
        "right_rejected": 1,
        "wrong": 4,
        "accepted": 1,
        "described": 1,
        "seen": 1,
        "named": 1,
    }
    assert {key: value for key, value in counts.items() if value and not isinstance(value, list)} == expected
    assert counts["accepted_answers"] == ["masked_softmax.wrong_1"]


def test_the_table_shows_shares():
    counts = {"wrong": 40, "named": 10, "unknown": 1, "answers": 41, "seeds": [0, 1]}
    record = {"mutants": {**counts, "hardware": {"cores": 2, "processor": "x"}}}
    assert "| mutants | 40 | 0 | 10 (25.0%) | 0 | 0 | 1 (2.5%) | 0 |  |" in wrong_answers_table(record)
