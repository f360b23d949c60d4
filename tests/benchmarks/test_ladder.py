"""The ladder's machinery, on a handful of sentences."""

import json
from dataclasses import replace

import pytest

from benchmarks.ladder import __main__ as ladder
from benchmarks.ladder.corpora import train_tokenizer
from benchmarks.ladder.recipe import RECIPES
from benchmarks.ladder.rung import train_rung, translate
from benchmarks.ladder.tables import undisturbed_minutes
from benchmarks.ladder.transformer_recipe import TransformerRecipe
from benchmarks.ladder.transformer_rung import train_transformer
from course_lib.models import Seq2Seq

TRANSFORMER = TransformerRecipe(
    hidden_dim=8, num_heads=2, intermediate_dim=10, num_layers=1, batch_size=7, epochs=2, warmup_steps=3
)
RECIPE = replace(
    RECIPES["multi30k_de_en"],
    embedding_dim=5,
    hidden_dim=6,
    epochs=2,
    warmup_steps=1,
    max_length=7,
    transformer=TRANSFORMER,
)
WORDS = ["ein", "hund", "läuft", "und", "eine", "katze", "schläft", "im", "garten"]
PAIRS = [(" ".join(WORDS[i : i + 3]), " ".join(WORDS[i + 1 : i + 4])) for i in range(6)] * 5


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer({"train": PAIRS}, vocabulary_size=50)


def test_a_rung_is_trained_and_measured(tokenizer, tmp_path):
    pairs = {"train": PAIRS, "validation": PAIRS[:6], "test": (PAIRS * 2)[:50]}
    rung = train_rung(RECIPE, "additive", tokenizer, pairs, tmp_path)
    assert rung["score"] == "additive" and rung["epochs"] == 2
    assert rung["curve"][1]["loss"] < rung["curve"][0]["loss"]
    assert 0 <= rung["test_bleu_greedy"] <= 100 and len(rung["samples"]) == 10
    again = train_rung(RECIPE, "additive", tokenizer, pairs, tmp_path)  # ended: nothing is trained anew
    assert again["curve"] == rung["curve"]
    assert again["test_bleu_greedy"] == rung["test_bleu_greedy"]


def test_the_transformer_is_trained_and_measured(tokenizer, tmp_path):
    pairs = {"train": PAIRS, "validation": PAIRS[:6], "test": (PAIRS * 2)[:50]}
    rung = train_transformer(RECIPE, tokenizer, pairs, tmp_path)
    assert rung["settings"] == TRANSFORMER.settings() and rung["epochs"] == 2
    assert rung["curve"][1]["loss"] < rung["curve"][0]["loss"]
    again = train_transformer(RECIPE, tokenizer, pairs, tmp_path)  # ended: its average is measured again
    assert {**again, "threads": None} == {**rung, "threads": None}


def test_translations_come_in_the_order_of_the_sentences(tokenizer):
    size = len(tokenizer.vocabulary)
    model = Seq2Seq(size, size, embedding_dim=5, hidden_dim=6, score="dot")
    sentences = [" ".join(WORDS[:length]) for length in (7, 2, 5, 1)]
    together = translate(model, tokenizer, sentences, RECIPE)
    assert together == [translate(model, tokenizer, [one], RECIPE)[0] for one in sentences]


def test_finished_rungs_are_kept_unless_the_settings_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(ladder, "RESULTS", tmp_path)
    pairs = {split: PAIRS for split in ("train", "validation", "test")}
    rungs = {
        "transformer": {"settings": TRANSFORMER.settings()},
        "additive": {"score": "additive"},
        "none": {"score": None},
    }
    ladder.write_result("multi30k_de_en", RECIPE, pairs, rungs)
    stored = json.loads((tmp_path / "ladder.json").read_text(encoding="utf-8"))
    assert [rung["score"] for rung in stored["rungs"]] == [None, "additive"]
    assert ladder.read_rungs("multi30k_de_en", RECIPE) == rungs
    assert ladder.read_rungs("multi30k_de_en", replace(RECIPE, dropout=0.5)) == {}
    other = replace(RECIPE, transformer=replace(TRANSFORMER, dropout=0.5))
    assert set(ladder.read_rungs("multi30k_de_en", other)) == {"none", "additive"}


def test_the_rungs_of_the_result_file_need_no_training():
    rungs = ladder.read_rungs("multi30k_de_en", RECIPES["multi30k_de_en"])
    assert {"none", "dot", "scaled_dot", "multiplicative", "additive"} <= set(rungs)


def test_an_epoch_that_was_held_up_does_not_count_as_training():
    curve = [{"seconds": seconds} for seconds in (60.0, 5000.0, 66.0, 54.0, 60.0)]
    assert undisturbed_minutes({"epochs": 5, "curve": curve}) == 5.0
