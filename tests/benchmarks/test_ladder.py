"""The ladder's machinery, on a handful of sentences."""

import json
from dataclasses import replace

import pytest

from benchmarks.ladder import __main__ as ladder
from benchmarks.ladder.corpora import train_tokenizer
from benchmarks.ladder.gnmt_recipe import GnmtRecipe
from benchmarks.ladder.gnmt_rung import make_gnmt, train_gnmt
from benchmarks.ladder.picture import scores
from benchmarks.ladder.recipe import RECIPES
from benchmarks.ladder.rung import train_rung, translate
from benchmarks.ladder.tables import ladder_table, undisturbed_minutes
from benchmarks.ladder.transformer_recipe import TransformerRecipe
from benchmarks.ladder.transformer_rung import train_transformer
from course_lib.models import Seq2Seq

TRANSFORMER = TransformerRecipe(
    hidden_dim=8, num_heads=2, intermediate_dim=10, num_layers=1, batch_size=7, epochs=2, warmup_steps=3
)
GNMT = GnmtRecipe(
    embedding_dim=5,
    hidden_dim=7,
    num_layers=3,
    batch_size=7,
    epochs=2,
    warmup_steps=3,
    length_penalties=(0.2, 1.0),
    coverage_penalties=(0.0, 0.2),
)
RECIPE = replace(
    RECIPES["multi30k_de_en"],
    embedding_dim=5,
    hidden_dim=6,
    epochs=2,
    warmup_steps=1,
    max_length=7,
    gnmt=GNMT,
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


def test_gnmt_is_trained_and_measured(tokenizer, tmp_path):
    pairs = {"train": PAIRS, "validation": PAIRS[:6], "test": (PAIRS * 2)[:50]}
    rung = train_gnmt(RECIPE, tokenizer, pairs, tmp_path)
    assert rung["settings"] == GNMT.settings() == json.loads(json.dumps(rung["settings"]))
    assert rung["curve"][1]["loss"] < rung["curve"][0]["loss"]
    tried = [(row["length_penalty"], row["coverage_penalty"]) for row in rung["penalties"]]
    assert tried == [(0.2, 0.0), (0.2, 0.2), (1.0, 0.0), (1.0, 0.2)]
    best = max(row["validation_bleu"] for row in rung["penalties"])
    chosen = (rung["chosen"]["length_penalty"], rung["chosen"]["coverage_penalty"])
    assert rung["penalties"][tried.index(chosen)]["validation_bleu"] == best
    assert 0 <= rung["chosen"]["test_bleu"] <= 100


def test_gnmt_keeps_to_the_size_of_the_ladder():
    recipe = RECIPES["multi30k_de_en"]
    model = make_gnmt(recipe.gnmt, recipe.vocabulary_size, updates=1)
    model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
    assert model.count_params() <= 5_000_000


def test_gnmt_stands_between_additive_attention_and_the_transformer():
    assert ladder.rung_names(RECIPES["multi30k_de_en"])[-3:] == ["additive", "gnmt", "transformer"]
    assert "gnmt" not in ladder.rung_names(RECIPES["tatoeba_en_zh"])
    record = json.loads((ladder.RESULTS / "ladder.json").read_text(encoding="utf-8"))
    record["gnmt"] = {**record["rungs"][-1], "label": "GNMT", "test_bleu_greedy": 39.0}
    record["gnmt"]["hardware"] = {"processor": "another", "cores": 7}
    rows = ladder_table(record).splitlines()
    assert "GNMT: 7 cores of another." in rows[-1]
    record["gnmt"]["hardware"] = {**record["hardware"], "python": "another"}  # the same machine
    assert "GNMT:" not in ladder_table(record)
    place = next(number for number, row in enumerate(rows) if row.startswith("| GNMT |"))
    assert rows[place - 1].startswith("| GRU, additive |") and rows[place + 1].startswith("| Transformer,")
    assert list(scores(record)[0].values())[-2] == 39.0


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
        "gnmt": {"settings": GNMT.settings()},
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
    assert set(ladder.read_rungs("multi30k_de_en", other)) == {"none", "additive", "gnmt"}
    other = replace(RECIPE, gnmt=replace(GNMT, residual=False))
    assert set(ladder.read_rungs("multi30k_de_en", other)) == {"none", "additive", "transformer"}


def test_a_rung_that_another_machine_trained_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(ladder, "RESULTS", tmp_path)
    monkeypatch.setattr(ladder, "load_pairs", lambda name: {"train": PAIRS, "validation": [], "test": []})
    monkeypatch.setattr(ladder, "train_tokenizer", lambda pairs, size: None)
    shown = {"test_bleu_greedy": 1.0, "test_bleu_beam5": 1.0}
    monkeypatch.setattr(ladder, "train_rung", lambda recipe, score, *others: {"score": score, **shown})
    machines = {"dot": {"processor": "first", "cores": 3}, "additive": {"processor": "second", "cores": 5}}
    for rung, machine in machines.items():
        monkeypatch.setattr(ladder, "describe_machine", lambda machine=machine: machine)
        ladder.main(["tatoeba_en_zh", "--only", rung] if rung == "additive" else ["--only", rung])
    ladder.main(["multi30k_de_en", "--only", "additive"])
    stored = json.loads((tmp_path / "ladder.json").read_text(encoding="utf-8"))
    assert stored["hardware"] == machines["dot"]
    assert [rung.get("hardware") for rung in stored["rungs"]] == [None, machines["additive"]]
    alone = json.loads((tmp_path / "ladder_tatoeba_en_zh.json").read_text(encoding="utf-8"))
    assert alone["hardware"] == machines["additive"] and "hardware" not in alone["rungs"][0]


def test_the_rungs_of_the_result_file_need_no_training():
    rungs = ladder.read_rungs("multi30k_de_en", RECIPES["multi30k_de_en"])
    assert {"none", "dot", "scaled_dot", "multiplicative", "additive"} <= set(rungs)


def test_an_epoch_that_was_held_up_does_not_count_as_training():
    curve = [{"seconds": seconds} for seconds in (60.0, 5000.0, 66.0, 54.0, 60.0)]
    assert undisturbed_minutes({"epochs": 5, "curve": curve}) == 5.0
