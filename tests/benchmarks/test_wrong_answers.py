"""The aims of the judge for wrong answers nobody foresaw, on a sample of mutants of every exercise."""

from pathlib import Path

import pytest
from support.answers import diagnosis_on

from benchmarks.wrong_answers import held_out, outcome
from benchmarks.wrong_answers.__main__ import count_answers
from benchmarks.wrong_answers.held_out import load_held_out
from benchmarks.wrong_answers.mutants import mutants_of, sheet_namespace
from benchmarks.wrong_answers.tables import wrong_answers_table
from course_lib.grading.judging.exercise import UnknownExercise, find_exercise, load_exercises

HELD_OUT = Path(held_out.__file__).parent / "held_out_answers"
# Of the answers to sheets 9 to 17 these passed when they were judged for the first time.
ONCE_ACCEPTED = {
    "align_labels": (12,),
    "all_words_loss": (2,),
    "answer_f1": (22,),
    "answer_windows": (18,),
    "bert_embedding": (19,),
    "best_span": (15,),
    "bits_per_character": (12, 15, 18),
    "checkpoint_names": (4, 13, 14, 15, 16, 18, 20, 22),
    "crf_log_partition": (19,),
    "electra_loss": (17,),
    "entity_f1": (15, 21),
    "factorised_embedding": (10,),
    "hide_spans": (23,),
    "hide_whole_words": (8, 16, 22),
    "longest_match": (17,),
    "mask_words": (10, 17),
    "masked_mean_pooling": (7, 10),
    "masked_word_logits": (17,),
    "masked_word_loss": (15,),
    "merge_pair": (8, 13, 17),
    "order_pairs": (15,),
    "pack_full_sentences": (21,),
    "pretraining_loss": (18,),
    "put_samples": (6, 7, 19),
    "roberta_positions": (14,),
    "sample_words": (14, 17),
    "scalar_mix": (14,),
    "split_words": (3, 11, 12, 14),
    "stack_parameters": (7,),
    "student_weights": (1,),
    "target_mapping": (10,),
    "token_offsets": (16, 19, 23),
    "two_streams": (19,),
    "viterbi": (21,),
}
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


@pytest.fixture(scope="module")
def answers():
    return {(one.exercise, one.name): one.build() for one in load_held_out(HELD_OUT)}


@pytest.mark.parametrize("exercise", ONCE_ACCEPTED)
def test_an_answer_that_once_passed_is_rejected_on_every_seed(exercise, answers):
    for number in ONCE_ACCEPTED[exercise]:
        answer = answers[exercise, f"wrong_{number}"]
        passed = [seed for seed in range(5) if diagnosis_on(answer, exercise, seed) is None]
        assert not passed, f"wrong_{number} passes with the seeds {passed}"


class Answer:
    """An answer as a folder of held-out ones gives it."""

    def __init__(self, name, function):
        self.exercise, self.name, self.is_right = "masked_softmax", name, name.startswith("right")
        self.build = lambda: function


def test_an_answer_that_never_ends_is_told(monkeypatch):
    monkeypatch.setattr(outcome, "SECONDS", 0.2)

    def endless(scores, mask):
        while True:
            pass

    look = outcome.look_at(endless, "masked_softmax", 0)
    assert look.diagnosis == "time_out" and outcome.told(look) == "seen"


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
