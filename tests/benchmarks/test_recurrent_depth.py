"""Deep recurrent translators, trained for a moment."""

import json

import pytest
import tensorflow as tf

from benchmarks import recurrent_depth
from benchmarks.fine_tuning import stored_runs


@pytest.fixture
def few(monkeypatch, tmp_path):
    """A tiny size, and results that go elsewhere."""
    for name, number in (("NUM_TRAIN", 70), ("NUM_TEST", 11), ("WIDTH", 5), ("PEAKS", (1e-3, 1e-2))):
        monkeypatch.setattr(recurrent_depth, name, number)
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    for kept in (recurrent_depth.material, recurrent_depth.compiled_translator):
        kept.cache_clear()
    tf.config.run_functions_eagerly(True)  # so few updates are made sooner than compiled
    yield tmp_path / "recurrent_depth.json"
    tf.config.run_functions_eagerly(False)
    for kept in (recurrent_depth.material, recurrent_depth.compiled_translator):
        kept.cache_clear()


def test_every_seed_is_measured_once_at_the_best_rate(few, monkeypatch):
    recurrent_depth.run(contenders=((1, False),), seeds=(5, 7), num_steps=1)
    stored = json.loads(few.read_text(encoding="utf-8"))
    trials, runs = ([one for one in stored["runs"] if one["kind"] == kind] for kind in ("trial", "run"))
    assert [one["peak"] for one in trials] == [1e-3, 1e-2] and [one["seed"] for one in runs] == [5, 7]
    best = min(trials, key=lambda one: one["loss"])["peak"]
    assert {one["peak"] for one in runs} == {best}
    assert runs[0]["first_gradient"] != runs[1]["first_gradient"]
    assert all(0 <= one["right"] <= 1 for one in runs)
    monkeypatch.setattr(recurrent_depth, "train", None)  # nothing is trained once more
    recurrent_depth.run(contenders=((1, False),), seeds=(5, 7), num_steps=1)
    assert json.loads(few.read_text(encoding="utf-8"))["runs"] == stored["runs"]


def test_residual_connections_lead_gradients_to_the_lowest_layer(few):
    plain, residual = (recurrent_depth.first_gradient(6, is_there, seed=3) for is_there in (False, True))
    assert residual > 10 * plain > 0
