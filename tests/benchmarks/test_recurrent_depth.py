"""Deep recurrent translators, trained for a moment."""

import json

import pytest
import tensorflow as tf

from benchmarks.fine_tuning import stored_runs
from benchmarks.recurrent_depth import runs as recurrent_depth
from benchmarks.recurrent_depth.tables import depth_table


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


def depth_run(num_layers, residual, seed, loss):
    found = {"loss": loss, "right": 0.5, "first_gradient": 0.02, "parameters": 1_234}
    return {
        "kind": "run",
        "num_layers": num_layers,
        "residual": residual,
        "seed": seed,
        "peak": 0.01,
        **found,
    }


def test_what_residual_connections_save_is_told_seed_by_seed():
    runs = [depth_run(4, False, seed, loss) for seed, loss in ((1, 3.0), (2, 4.0))]
    runs += [depth_run(4, True, seed, loss) for seed, loss in ((2, 3.0), (1, 2.0))]  # in another order
    runs += [depth_run(2, False, 1, 2.5), {"kind": "trial", "num_layers": 8, "residual": True, "seed": 100}]
    record = {"data": "toy", "settings": {"width": 5, "updates": 7, "batch_size": 3}, "runs": runs}
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in depth_table(record).splitlines()]
    assert [row[:4] for row in rows[2:5]] == [
        ["4", "no", "3.50 (0.00 to 9.85)", ""],
        ["4", "yes", "2.50 (0.00 to 8.85)", "+1.00 (+1.00 to +1.00)"],
        ["2", "none below the third layer", "2.50", ""],
    ]
