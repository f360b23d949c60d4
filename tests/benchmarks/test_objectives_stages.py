"""The two stages of the ladder, for a moment: what is read off, stored, left out again, and shown."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.fine_tuning import names, stored_runs
from benchmarks.masked_words import roles
from benchmarks.minutes.rule import Rule
from benchmarks.objectives import (
    chinese,
    chinese_pairs,
    chinese_text,
    cloze,
    contender,
    rungs,
    tables,
    toy,
    toy_measures,
    toy_text,
)
from benchmarks.objectives import steps as step_costs
from benchmarks.objectives.operations import step_multiplications
from benchmarks.objectives.readers import make_reader, reader_weights
from benchmarks.objectives.sizes import Sizes
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.texts import CharacterTokenizer
from course_lib.data.corpora.entity_corpora import TaggedSentence
from course_lib.data.corpora.pair_corpora import LabelledPair
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

RULE = Rule(peak=1e-2, warmup_steps=1, fall_share=0.5, free_epochs=1e9)
TOKENIZER = CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefgh"]))
SMALL = {"hidden_dim": 8, "num_layers": 2, "num_heads": 2, "batch_size": 4, "rule": RULE, "uses_xla": False}


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    """Everything is small, and nothing that was measured is touched."""
    monkeypatch.setattr(contender, "compiled", {})
    monkeypatch.setattr(roles, "compiled", {})
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(
        toy, "toy_sizes", lambda length: Sizes(len(toy.language()[1]), length=length, **SMALL)
    )
    monkeypatch.setattr(toy_text, "NUM_TRAIN", 40)
    monkeypatch.setattr(toy_text, "NUM_STORIES", 20)
    monkeypatch.setattr(toy_measures, "NUM_TEST", 31)
    monkeypatch.setattr(toy_measures, "NUM_JUDGED", 29)
    monkeypatch.setattr(toy_measures, "NUM_TEST_STORIES", 12)
    monkeypatch.setattr(roles, "STEPS", 2)


def test_one_seed_of_every_rung_comes_first():
    plan = toy.plan()
    assert [rung for rung, _ in plan[: len(rungs.TOY_RUNGS)]] == list(rungs.TOY_RUNGS)
    assert {seed for _, seed in plan[: len(rungs.TOY_RUNGS)]} == {0}
    every = (*rungs.TOY_RUNGS, *rungs.JUDGES, rungs.MASKED_SLOWER)
    assert len(set(plan)) == len(plan) == 3 * len(every)
    assert set(rungs.TOY_SHOWN) <= set(every)
    names, files = [rung.name for rung in every], [rung.file_name for rung in every]
    assert len(set(names)) == len(set(files)) == len(names)


def test_every_rung_may_cost_as_much():
    whole = toy.budget(masked_steps=400)
    for rung in (*rungs.TOY_RUNGS, *rungs.JUDGES):
        if rung.pairs:
            continue  # stories take long to tell
        made = toy.make_contender(rung, 0)
        cost = step_multiplications(rung, made.sizes, made.batches.slots)
        assert made.steps(whole) * cost == pytest.approx(whole, rel=0.01)
    assert toy.make_contender(rungs.MASKED, 0).steps(whole) == 400


@pytest.mark.parametrize("rung", (*rungs.TOY_RUNGS, *rungs.JUDGES[:1]), ids=lambda rung: rung.name)
def test_what_is_read_off_a_rung(rung):
    """Before it has learnt anything: whatever has a floor is above it."""
    made = toy.make_contender(rung, 0)
    found = toy_measures.measured(made.make_fresh(), rung, made.sizes)
    if rung.kind == "replaced":
        assert (found["generator"] is None) == (not rung.generator)
        if rung.generator:
            assert found["generator"]["above_floor"] > 0
        if rung.asks != "chosen words":
            assert found["best_judge"]["loss"] < found["judge"]["loss"]
            areas = [found[name]["area_under_curve"] for name in ("judge", "best_judge")]
            assert areas[0] < areas[1] <= 1
            assert 0.05 < found["replaced_share"] < 0.3
    else:
        part = found["next_words" if rung.kind == "left to right" else "masked_words"]
        assert part["above_floor"] > 0 and part["floor"] > 0
    if rung.pairs in ("next", "order"):
        assert 0.5 < found["pairs"]["best_accuracy"] <= 1 and found["pairs"]["pairs"] > 9


def test_a_judge_has_no_score_where_all_is_replaced():
    probabilities, truth = np.array([0.2, 0.9, 0.8]), np.array([False, True, True])
    assert toy_measures.scored(probabilities, truth, truth) is None
    assert toy_measures.scored(probabilities, truth, np.ones(3, bool))["area_under_curve"] == 1


def test_the_toy_stage_stores_what_it_reads_off(tmp_path):
    runs = stored_runs.StoredRuns("objectives_toy", toy.HEAD)
    counts = {"num_labelled": (5,), "num_test": 9}
    whole = toy.budget(masked_steps=8)
    toy.climb(rungs.REPLACED, 0, runs, whole, (0.5, 1.0), tmp_path, **counts)
    stored = runs.all()
    assert [run["part"] for run in stored] == [0.5, 1.0] and not list(tmp_path.glob("*.npz"))
    assert stored[1]["roles"]["5"].keys() == {"frozen", "frozen, all layers", "fine-tuned"}
    for run in stored:
        run["roles"] = {count: run["roles"]["5"] for count in ("30", "300")} if "roles" in run else {}
    masked = {**stored[1], "rung": rungs.MASKED.name, "masked_words": {"above_floor": 1.25}}
    record = {"data": "toy", "runs": [*stored, masked]}
    assert "| 1.25 |" in tables.toy_table(record)
    assert f"| {100 * stored[1]['judge']['area_under_curve']:.1f} |" in tables.judges_table(record)


def test_all_rungs_of_a_seed_begin_with_one_reader_and_vectors_from_counts(text):
    vectors, sizes = np.random.default_rng(0).normal(size=(13, 8)).astype("float32"), text.sizes()
    weights, again, other = (chinese_text.start_weights(vectors, sizes, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(weights[0], vectors)
    assert all(map(np.array_equal, weights, again)) and not all(map(np.array_equal, weights, other))
    text.start = partial(chinese_text.start_weights, vectors, sizes)
    for rung in rungs.CHINESE_RUNGS:
        learner = chinese.make_contender(rung, 1, text).make_fresh()
        assert all(map(np.array_equal, reader_weights(learner.reader), weights))
    assert chinese_text.chinese_sizes(13).beta_2 == Recipe().beta_2 > toy.toy_sizes(18).beta_2


def test_halves_are_turned_with_their_labels():
    rows = np.tile(np.arange(64), (50, 1))
    rows[:, 0], rows[:, -1] = 2, 3
    token_ids, segment_ids, labels = chinese_text.turned_halves(rows, TOKENIZER.vocabulary)
    assert token_ids.shape == (50, 63) and set(labels) == {0, 1}
    for row, label in zip(token_ids, labels, strict=True):
        first, second = (1, 31) if label == 0 else (31, 1)
        assert row.tolist() == [2, *range(first, first + 30), 3, *range(second, second + 30), 3]
    assert segment_ids[0].tolist() == [0] * 32 + [1] * 31


SENTENCES = [
    TaggedSentence(tuple("abcdefg"), ("O", "B-name", "I-name", "O", "O", "O", "B-place")),
    TaggedSentence(tuple("hgfedcb"), ("B-name", "I-name", "O", "O", "O", "O", "O")),
] * 6


def test_blanks_are_names_and_as_many_other_characters():
    blanks = cloze.make_blanks(TOKENIZER, SENTENCES[:2])
    for kind, asked in blanks.items():
        inputs = asked.masked(TOKENIZER.vocabulary.mask_id)
        is_hidden = inputs["token_ids"] == TOKENIZER.vocabulary.mask_id
        assert (is_hidden.sum(axis=1) == (asked.labels != 0).sum(axis=1)).all()
        for row, sentence in enumerate(SENTENCES[:2]):
            of_names = {sentence.labels[place - 1] != "O" for place in np.flatnonzero(is_hidden[row])}
            assert of_names == {kind == "names"}
    assert ((blanks["names"].labels != 0).sum(1) == (blanks["other words"].labels != 0).sum(1)).all()
    asked = blanks["names"]

    def knows(inputs):
        logits = np.zeros((*inputs["masked_positions"].shape, 13), "float32")
        np.put_along_axis(logits, asked.labels[..., None], 50.0, axis=-1)
        return logits

    found = cloze.scores(knows, {"names": asked}, lambda part: part.masked(4))
    assert found["names"]["accuracy"] == 100 and found["names"]["loss"] < 1e-6


@pytest.fixture
def text(monkeypatch):
    """A few letters for Chinese, and tasks of a few sentences."""
    monkeypatch.setattr(names, "load_cluener", lambda split: SENTENCES)
    monkeypatch.setattr(cloze, "load_cluener", lambda split: SENTENCES)
    pairs = [LabelledPair("abc", "de", 0), LabelledPair("ab", "cde", 1), LabelledPair("h", "a", 2)] * 11
    monkeypatch.setattr(chinese_pairs, "load_ocnli", lambda split: pairs)
    monkeypatch.setattr(chinese, "CLUENER_EPOCHS", {1_000: 1})
    monkeypatch.setattr(chinese, "CLUENER_RATES", (1e-3,))
    monkeypatch.setattr(chinese, "SAVE_EVERY", 2)
    short = partial(cloze.fitted_answers, steps=2, batch_size=3)
    monkeypatch.setattr(chinese, "fitted_answers", short)

    def sizes(length=None):
        return Sizes(13, length=length or 64, max_sequence_length=64, **SMALL)

    rows = np.random.default_rng(0).integers(5, 13, (12, 64)).astype("int32")
    rows[:, 0], rows[:, -1] = 2, 3
    return SimpleNamespace(
        tokenizer=TOKENIZER,
        rows=rows,
        sizes=sizes,
        start=lambda seed: reader_weights(make_reader(sizes())),
    )


def test_the_chinese_stage_asks_a_rung_all_its_questions(text, tmp_path, monkeypatch):
    runs = stored_runs.StoredRuns("objectives_chinese", chinese.HEAD)
    rung = rungs.REPLACED
    made = chinese.make_contender(rung, 1, text)
    whole = 4 * step_multiplications(rung, made.sizes, made.batches.slots)
    chinese.climb(rung, 1, runs, text, whole, tmp_path)
    stored = runs.all()
    assert [run["task"] for run in stored] == ["pre-training", "names", "blanks", "pairs"]
    assert stored[0]["steps"] == 4 and 0 < stored[0]["replaced_words"]["replaced_share"] < 0.4
    assert stored[0]["own_answers"] is None and stored[2]["names"]["characters"] > 10
    assert stored[3]["always one class"] == pytest.approx(33.33)
    monkeypatch.setattr(chinese, "pretrain", None)  # nothing is done twice
    chinese.climb(rung, 1, runs, text, whole, tmp_path)
    assert runs.all() == stored
    table = tables.chinese_table({**chinese.HEAD, "runs": stored})
    assert f"| {stored[3]['test']:.1f} | 1 |" in table and table.startswith("| objective |")


def test_rungs_answer_by_their_own_heads(text):
    blanks = cloze.make_blanks(TOKENIZER)
    for rung in rungs.CHINESE_RUNGS:
        learner = chinese.make_contender(rung, 1, text).make_fresh()
        found = cloze.own_answers(learner, rung, blanks, TOKENIZER.vocabulary.mask_id)
        if rung.kind in ("left to right", "replaced"):
            assert found is None
        else:
            assert found["names"]["loss"] == pytest.approx(np.log(13), abs=1.0)


def test_the_better_rate_in_the_mean_of_all_rungs_is_taken():
    scores = {("a", 1e-3): 10.0, ("a", 3e-4): 12.0, ("b", 1e-3): 15.0, ("b", 3e-4): 12.0}
    runs = [
        {"task": "names", "rung": rung, "seed": 1, "rate": rate, "validation_f1": f1}
        for (rung, rate), f1 in scores.items()
    ]
    later = {"task": "names", "rung": "a", "seed": 2, "rate": 3e-4, "validation_f1": 99.0}
    assert tables.best_rate({"runs": [*runs, later]}) == 1e-3


def test_a_step_is_measured_part_by_part():
    found = step_costs.measure_step(toy.make_contender(rungs.REPLACED, 0), repeats=2)
    assert list(found["parts"])[:2] == ["generator", "drawing, a number a word"]
    assert all(milliseconds > 0 for milliseconds in found["parts"].values())
    assert found["multiplications"] == 3 * sum(found["forward_multiplications"].values())
    run = {"stage": "toy", "rung": rungs.REPLACED.name, **found}
    record = {"data": "one batch", "machine": {"cores": 2, "processor": "a processor"}, "runs": [run]}
    assert f"| toy | replaced words | {found['multiplications'] / 1e6:,.0f} |" in tables.steps_table(record)
