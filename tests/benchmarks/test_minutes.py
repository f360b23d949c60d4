"""The comparison by minutes: its clock, and both contenders on a handful of sentences."""

import functools
from dataclasses import replace
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from benchmarks.minutes import clock, ours, trials
from benchmarks.minutes.clock import MinutesBudget
from benchmarks.minutes.tables import trials_table
from benchmarks.minutes.worker import run
from benchmarks.record import read_record

WORDS = ["ein", "hund", "läuft", "und", "eine", "katze", "schläft", "im", "garten"]
PAIRS = [(" ".join(WORDS[i : i + 3]), " ".join(WORDS[i + 1 : i + 8])) for i in range(6)] * 5
SPLITS = {"train": PAIRS, "validation": PAIRS[:6], "test": PAIRS[:6]}


class Ticks:
    """A clock that is a second on whenever it is read."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def fit(budget, monkeypatch):
    """The learning rates of the updates that a budget allows."""
    rates = []
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.25), "mse")
    record = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: rates.append(float(model.optimizer.learning_rate))
    )
    monkeypatch.setattr(clock, "time", SimpleNamespace(perf_counter=Ticks()))
    model.fit(np.ones((50, 1)), np.ones(50), batch_size=1, verbose=0, callbacks=[record, budget])
    return rates


def test_the_rate_rises_with_the_updates_and_falls_with_the_clock(monkeypatch):
    # The clock is read twice for each update: after 1, 3, 5 … of 12 seconds, and 2, 4, 6 …
    rates = fit(MinutesBudget(12 / 60, peak=0.6, warmup_steps=3), monkeypatch)
    by_hand = [0.6 * min(n / 3, 1) * (1 - (2 * n - 1) / 12) for n in range(1, 7)]
    np.testing.assert_allclose(rates, by_hand, rtol=1e-5)


def test_without_a_peak_the_rate_stays(monkeypatch):
    assert fit(MinutesBudget(8 / 60), monkeypatch) == [0.25] * 8


def test_our_model_is_trained_and_measured(monkeypatch):
    recipe = ours.Recipe(vocabulary_size=50, hidden_dim=8, num_heads=2, intermediate_dim=10, max_length=9)
    monkeypatch.setattr(ours, "Recipe", functools.partial(replace, recipe))
    result = run(ours, SPLITS, minutes=0.01)
    assert result["updates"] >= 1 and result["train_minutes"] >= 0.01
    assert 0 <= result["test_bleu_greedy"] <= 100
    narrower = run(ours, SPLITS, minutes=0.01, splits=["validation"], changes={"hidden_dim": 4})
    assert narrower["parameters"] < result["parameters"]
    assert "validation_bleu_greedy" in narrower and "test_bleu_greedy" not in narrower


def test_a_trial_is_stored_when_it_has_ended_and_not_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "RESULT", tmp_path / "trials.json")
    monkeypatch.setattr(trials, "CHANGES", ({"dropout": 0.0}, {"dropout": 0.3}, {"batch_size": 7}))
    made = []

    def measure(changes):
        made.append(changes)
        if changes == {"batch_size": 7} and made.count(changes) == 1:
            raise KeyboardInterrupt
        return {"updates": len(made), "epochs": 1.0, "validation_bleu_greedy": 10.0 * len(made)}

    with pytest.raises(KeyboardInterrupt):
        trials.run_trials(measure, minutes=2)
    trials.run_trials(measure, minutes=2)
    assert made == [{"dropout": 0.0}, {"dropout": 0.3}, {"batch_size": 7}, {"batch_size": 7}]
    record = read_record(trials.RESULT)
    assert [trial["recipe"]["dropout"] for trial in record["trials"]][:2] == [0.0, 0.3]
    first_row = trials_table(record).splitlines()[2]
    assert first_row.split("|")[3].strip() == "7" and first_row.endswith("| 40.0 |")


def test_keras_hubs_model_is_trained_and_measured(monkeypatch):
    pytest.importorskip("keras_hub")
    from benchmarks.minutes import keras_hub_peer

    default = keras_hub_peer.Recipe()
    recipe = replace(
        default, size=replace(default.size, hidden_dim=8, vocabulary_size=30, intermediate_dim=10)
    )
    monkeypatch.setattr(keras_hub_peer, "Recipe", lambda: recipe)
    monkeypatch.setattr(keras_hub_peer, "WIDTHS", (7, 12))
    result = run(keras_hub_peer, SPLITS, minutes=0.01)
    assert result["updates"] >= 1 and 0 <= result["test_bleu_greedy"] <= 100
