"""Teachers and students at a tiny size: what they begin as, what goes on, and what is chosen by what."""

import keras
import numpy as np
import pytest

from benchmarks.distillation import plan, runs
from benchmarks.distillation.material import Material, as_material
from benchmarks.distillation.speed import speed_ratios
from benchmarks.distillation.tables import distillation_table
from benchmarks.fine_tuning import fine_tuned, stored_runs
from course_lib.chapters import FineTuner
from course_lib.models import Bert
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer


@pytest.fixture(scope="module")
def checkpoint():
    bert = Bert(13, 8, 2, 16, 4, max_sequence_length=8, dropout=0.0, attention_dropout=0.0)
    bert({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    return bert


@pytest.fixture
def material():
    ids = np.random.default_rng(0).integers(5, 13, (32, 5)).astype("int32")
    return Material({"token_ids": ids, "padding_mask": ids != 0}, (ids[:, 1] > 8).astype("int32"))


def numbers(variable):
    return keras.ops.convert_to_numpy(variable)


def test_a_teacher_begins_as_the_checkpoint(checkpoint):
    model = fine_tuned.published_classifier(checkpoint)
    for own, given in zip(model.backbone.encoder.weights, checkpoint.encoder.weights, strict=True):
        np.testing.assert_array_equal(numbers(own), numbers(given))
    assert model.backbone.pooler is None


@pytest.mark.parametrize("who", ["student, labels alone", "student, begun as its teacher"])
def test_a_student_begins_as_every_other_layer(who, checkpoint, material):
    """With a rate of next to nothing it stays what it began as."""
    teacher = fine_tuned.make_classifier(checkpoint, 4, 0.0)
    student, _, minutes = runs.train_student(who, checkpoint, teacher, material, 1, 1, 1e-9, batch_size=16)
    begun_as = teacher.backbone if runs.STUDENTS[who][0] == "teacher" else checkpoint
    blocks = student.backbone.encoder.blocks
    assert len(blocks) == 2 and minutes >= 0
    for block, layer in zip(blocks, (0, 2), strict=True):
        for own, given in zip(block.weights, begun_as.encoder.blocks[layer].weights, strict=True):
            np.testing.assert_allclose(numbers(own), numbers(given), atol=1e-6)


def test_a_student_learns_from_soft_targets_alone(checkpoint, material):
    teacher = fine_tuned.published_classifier(checkpoint, 0.0)
    tuner = FineTuner(teacher)
    tuner.fit(material.inputs, material.labels, peak=1e-2, num_epochs=40, batch_size=16, seed=1)
    assert runs.accuracy(tuner, material) > 90
    settings = {"weights": (1.0, 0.0, 0.0), "batch_size": 16, "dropout": 0.0}
    wrong = Material(material.inputs, 1 - material.labels)  # labels that are not looked at
    _, own, _ = runs.train_student(
        "student, begun as its teacher", checkpoint, teacher, wrong, 1, 40, 1e-2, **settings
    )
    assert runs.accuracy(own, material) > 85 and runs.f1(own, material) > 80


def test_a_teacher_is_trained_once_and_kept(tmp_path, monkeypatch, checkpoint, material):
    monkeypatch.setattr(fine_tuned, "FOLDER", tmp_path / "published")
    monkeypatch.setattr(fine_tuned, "load_reader", lambda: (checkpoint, None))
    monkeypatch.setitem(fine_tuned.RECIPES, "sst2", {"peak": 1e-2, "num_epochs": 2, "batch_size": 16})
    model, minutes = fine_tuned.fine_tuned("sst2", 5, *material)
    monkeypatch.setattr(fine_tuned, "FineTuner", None)
    again, kept_minutes = fine_tuned.fine_tuned("sst2", 5, None, None)
    assert kept_minutes == minutes
    for own, given in zip(model.weights, again.weights, strict=True):
        np.testing.assert_array_equal(numbers(own), numbers(given))
    assert np.abs(numbers(model.weights[0]) - numbers(checkpoint.weights[0])).max() > 1e-4


def test_runs_are_kept_go_on_and_recipes_are_chosen_apart(tmp_path, monkeypatch, checkpoint, material):
    """Nothing is trained here: what counts is which runs are asked for, and with what."""
    asked, reported = [], material.first(16, 1)

    def teacher_of(task, seed, inputs, labels):
        asked.append(("teacher", seed, len(labels)))
        return fine_tuned.published_classifier(checkpoint, 0.0), 0.5

    def train_student(who, checkpoint, teacher, training, seed, epochs, rate, batch_size, weights=None):
        asked.append((who, seed, len(training.labels)))
        return None, (rate, weights), 0.1

    def score(tuner, part):
        if not isinstance(tuner, tuple):  # a teacher's
            return 90.0
        assert (part is reported) == (asked[-1][1] == 1)
        return 80.0 + 1e4 * tuner[0]

    parts = {"train": material, "choice": material.first(16, 0), "report": reported}
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(plan, "TRIAL_LABELS", 16)
    monkeypatch.setattr(plan, "load_reader", lambda: (checkpoint, None))
    monkeypatch.setattr(plan, "loaded_material", lambda task: parts)
    monkeypatch.setattr(plan, "fine_tuned", teacher_of)
    monkeypatch.setattr(plan, "train_student", train_student)
    monkeypatch.setattr(plan, "LOSS_WEIGHTS", ((1.0, 0.0, 0.0),))
    monkeypatch.setattr(plan, "SCORES", {"sst2": score, "mrpc": score})
    plan.run_task("sst2", seeds=(1,))
    first = stored_runs.StoredRuns("distillation", {}).all()
    assert [run["kind"] for run in first] == ["trial"] * 4 + ["run"] * 4
    assert {run["who"] for run in first if run["kind"] == "run"} == {"teacher", *runs.STUDENTS}
    assert {run["rate"] for run in first if run["kind"] == "run" and run["who"] != "teacher"} == {2e-4}
    assert {one[1:] for one in asked if one[0] == "teacher"} == {(100, 16), (1, 32)}
    number = len(asked)
    plan.run_task("sst2", seeds=(1,))
    assert stored_runs.StoredRuns("distillation", {}).all() == first and len(asked) == number
    plan.run_task("mrpc", seeds=(1,))  # with the recipes of SST-2
    assert len(stored_runs.StoredRuns("distillation", {}).all()) == 12
    assert "| SST-2, accuracy | teacher | 1 |" in distillation_table({"data": "SST-2", "runs": first})


def test_the_best_trial_is_that_of_the_student():
    trials = [
        {"kind": "trial", "task": "sst2", "who": "a", "rate": 1e-4, "score": 80.0},
        {
            "kind": "trial",
            "task": "sst2",
            "who": "a",
            "rate": 2e-4,
            "weights": [1.0, 0.0, 0.0],
            "score": 81.0,
        },
        {"kind": "trial", "task": "sst2", "who": "b", "rate": 3e-4, "score": 99.0},
    ]
    assert plan.best_recipe(trials, "a") == {"rate": 2e-4, "weights": [1.0, 0.0, 0.0]}


def test_a_pair_is_one_sequence_of_two_segments():
    words = ["a", "b", "c"]
    tokenizer = WordPieceTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *words]))
    pairs = as_material(tokenizer, ["a b", "c"], ["c", "a a"], [0, 1], 8)
    assert pairs.inputs["segment_ids"].tolist() == [[0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]]
    assert pairs.labels.tolist() == [0, 1]


def test_every_round_has_a_ratio_and_the_first_one_is_left_out(checkpoint):
    models = [fine_tuned.make_classifier(checkpoint, number, 0.0) for number in (4, 2)]
    found = speed_ratios(*models, 13, num_rounds=2, batch_sizes=(1, 3), length=4)
    assert list(found) == ["1", "3"] and all(len(ratios) == 2 for ratios in found.values())
    assert all(ratio > 0 for ratios in found.values() for ratio in ratios)


def test_the_table_says_what_is_kept():
    def run(who, score, seed):
        return {"kind": "run", "task": "mrpc", "who": who, "seed": seed, "score": score}

    scores = [run("teacher", score, seed) for seed, score in enumerate((80.0, 90.0))]
    scores += [run("student, labels alone", score, seed) for seed, score in enumerate((70.0, 86.0))]
    scores += [run("student, with its teacher", score, seed) for seed, score in enumerate((72.0, 90.0))]
    scores.append({"kind": "speed", "parameters": [200, 150], "ratios": {"1": [1.5, 2.0, 1.0], "8": [1.9]}})
    table = distillation_table({"data": "MRPC", "runs": scores})
    told = next(line for line in table.splitlines() if "with its teacher" in line)
    assert told.startswith("| MRPC, F1 | student, with its teacher | 2 | 81.0 (")
    assert "| 95.0 (31.5 to 158.5) |" in told  # 72 / 80 and 90 / 90; of two, 12.7 standard errors
    assert "| +3.0 (-9.7 to +15.7) |" in told  # 72 - 70 and 90 - 86
    assert "200 parameters and 150, 25% fewer" in table and "1: 1.50, 8: 1.90" in table
