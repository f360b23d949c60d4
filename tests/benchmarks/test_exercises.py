"""The judge on other backends: one sheet in a process of its own, and what is said of what goes wrong."""

import os
import subprocess
import sys

import numpy as np
import pytest
from support.compilation import QUICK_XLA

from benchmarks.exercises import __main__ as command
from benchmarks.exercises import worker
from benchmarks.exercises.tables import exercises_table
from benchmarks.record import read_record
from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.judging.judge import draw_cases, right_values


def assert_all_is_judged_as_it_should_be(found):
    assert found["device"] == "processor" and found["exercises"] >= 5
    assert found["solutions"] == 2 * found["exercises"] and found["rejected"] == []
    assert found["mutants"] > 2 * found["solutions"] and found["misjudged"] == []


def test_mistakes_that_jax_shows_in_another_way_are_told_all_the_same():
    """Where an index leaves its table JAX has NaN, and Keras has another cross-entropy of probabilities."""
    mistakes = {
        "bert_embedding": "position_of_the_sentence",
        "masked_word_logits": "batch_axis",
        "pretraining_loss": "logits_taken_for_probabilities",
        "attend_with_cache": "written_one_late",
    }
    code = f"""
from benchmarks.exercises.worker import look_at, mutants_of
for name, mistake in {mistakes}.items():
    print(look_at(mutants_of(name)[mistake], name, 0)[0].diagnosis)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=command.ROOT,
        env={**os.environ, **QUICK_XLA, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == list(mistakes.values())


def test_all_sheets_are_judged_alike_on_pytorch():
    pytest.importorskip("torch")
    found = command.judged("cpu", "torch", "float32")
    assert_all_is_judged_as_it_should_be(found)
    assert found["exercises"] == len(load_exercises())


def test_there_must_be_a_gpu():
    with pytest.raises(RuntimeError, match="Expected a GPU. Received: none for the backend tensorflow"):
        worker.device_of("gpu")


def test_the_tolerance_that_would_do_is_found():
    right = right_values("dot_score", draw_cases("dot_score", 0))
    assert worker.needed_tolerance("dot_score", 0, right) == pytest.approx(1e-4)
    off = [value * (1 + 9e-4) for value in right]  # the largest number may be off by twice the tolerance
    assert worker.needed_tolerance("dot_score", 0, off) == pytest.approx(5e-4)
    assert worker.needed_tolerance("dot_score", 0, [np.full_like(value, 9e9) for value in right]) is None


def test_what_is_misjudged_is_noted(monkeypatch):
    monkeypatch.setattr(worker, "SEEDS", (0,))
    monkeypatch.setattr(worker, "mutants_of", lambda name: {"wrong_axis": lambda scores, mask: scores})
    found = {"solutions": 0, "rejected": [], "mutants": 0, "misjudged": []}
    worker.judge_exercise("masked_softmax", lambda scores, mask: 2 * scores, found)
    assert found["rejected"][0]["exercise"] == "masked_softmax" and found["rejected"][0]["told"]
    assert found["misjudged"][0]["mutant"] == "wrong_axis"
    run = {"device": "a card", "backend": "jax", "precision": "tf32", "minutes": 1.0, **found}
    text = exercises_table({"runs": [run]})
    assert "| a card | jax | tf32 | 0 of 1 | 0 of 1 | 1.0 |" in text
    assert "`masked_softmax` is rejected; a tolerance that accepts it: none that was tried." in text
    assert "`masked_softmax.wrong_axis` is told" in text


def test_what_is_stored_is_not_judged_again(monkeypatch, tmp_path):
    asked = []

    def judged(place, backend, precision):
        asked.append((place, backend, precision))
        if len(asked) == 2:
            raise RuntimeError("stopped")
        done = {"solutions": 2, "rejected": [], "mutants": 3, "misjudged": [], "minutes": 0.1}
        return {"device": "processor", **done}

    monkeypatch.setattr(command, "RESULTS", tmp_path)
    monkeypatch.setattr(command, "judged", judged)
    with pytest.raises(RuntimeError, match="stopped"):
        command.main(["cpu"])
    command.main(["cpu"])
    assert [backend for _, backend, _ in asked] == ["tensorflow", "jax", "jax", "torch"]
    stored = read_record(tmp_path / "exercises_cpu.json")
    assert [run["backend"] for run in stored["runs"]] == ["tensorflow", "jax", "torch"]
