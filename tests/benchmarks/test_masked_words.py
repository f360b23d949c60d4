"""The study of hidden words, for a moment."""

from dataclasses import asdict

import numpy as np
import pytest

from benchmarks.masked_words import pretrain, roles
from benchmarks.masked_words.plan import MASKS, SEEDS, STUDIES, Run, runs_of
from benchmarks.masked_words.sentences import LENGTH, sentences
from benchmarks.masked_words.tables import floor_table, hidden_words_table
from course_lib.chapters import WORD_ROLES


def test_the_studies_share_the_runs_that_they_have_in_common():
    recipes, shares = (set(runs_of(study)) for study in ("recipes", "shares"))
    assert len(recipes) == len(MASKS) * len(SEEDS)
    assert recipes & shares == {Run(seed=seed) for seed in SEEDS}
    assert all(runs_of(study) for study in STUDIES)


def test_roles_stand_where_the_words_stand():
    data = sentences(7, 3, "train", has_roles=True)
    is_word = data.token_ids >= 5
    assert data.token_ids.shape == (7, LENGTH)
    np.testing.assert_array_equal(data.roles > 0, is_word)


def test_the_rate_rises_and_falls_to_almost_nothing():
    rates = [pretrain.rate_at(step, 100, 1.0) for step in range(1, 101)]
    assert np.argmax(rates) in (4, 5) and rates[0] == pytest.approx(0.2) and rates[-1] == pytest.approx(0.01)


def test_softmax_regression_separates_what_a_line_can():
    generator = np.random.default_rng(0)
    points = generator.normal(size=(211, 2))
    labels = (points[:, 0] > 0.1).astype(int) + (points[:, 0] > 0.9)
    weights = roles.softmax_regression(points, labels, 3, penalty=1e-4, steps=600)
    assert ((points @ weights[:-1] + weights[-1]).argmax(axis=1) == labels).mean() > 0.95


def test_a_run_is_measured_and_shown(monkeypatch):
    monkeypatch.setattr(roles, "STEPS", 2)
    monkeypatch.setattr(pretrain, "compiled", {})
    monkeypatch.setattr(
        pretrain, "compile_model", lambda model: model.compile("adam", pretrain.TokenCrossEntropy())
    )
    run = Run(width=16, num_layers=1, steps=2, is_wide=True)
    model = pretrain.pretrain(run, num_train=70)
    kernel = model.backbone.encoder.blocks[0].feed_forward.weights[0]
    assert np.std(kernel) == pytest.approx(0.25, rel=0.15)  # 1 / sqrt(16)
    found = pretrain.distance_from_floor(model, run.masks, run.share, num_test=31)
    assert found["above_floor"] == pytest.approx(found["loss"] - found["floor"], abs=2e-4)
    assert 0 < found["floor"] < found["loss"] and found["accuracy"] <= 1
    before = model.backbone.get_weights()
    scores = roles.what_it_is_good_for(model.backbone, (16, 1), 0, num_labelled=(5,), num_test=9)
    for one, other in zip(before, model.backbone.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert set(scores["5"]) == {"frozen", "frozen, all layers", "fine-tuned"}
    assert all(0 <= score <= 1 for score in scores["5"].values()) and len(WORD_ROLES) == 9
    point = {**asdict(Run()), "parameters": 7, "seconds": 3.0, **found, "roles": scores}
    record = {"data": "toy", "points": [point]}
    assert "| 15 %, 80/10/10 |" in hidden_words_table(record)
    assert f"{found['above_floor']:.3f}" in floor_table(record)
    # A model of another size is no further seed of the same run.
    wider = {**record, "points": [point, {**point, "width": 64}]}
    assert hidden_words_table(wider) == hidden_words_table(record)
