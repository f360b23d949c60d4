"""Fine-tuning: batches, the rate, the control, which weights a run begins with, and which recipe it takes."""

import keras
import numpy as np

from benchmarks.fine_tuning import (
    classifier,
    fine_tuned,
    names,
    plan,
    published,
    recipe_trials,
    sentences,
    stored_runs,
)
from benchmarks.fine_tuning.bag_of_words import bag_of_words, features_of
from benchmarks.fine_tuning.names import load_corpus
from benchmarks.fine_tuning.tables import (
    cluener_table,
    cluener_trials_table,
    published_table,
    recipes_table,
    sst2_table,
)
from benchmarks.pretraining.contender import make_bert
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.texts import CharacterTokenizer
from course_lib.data.corpora.entity_corpora import TaggedSentence
from course_lib.data.corpora.pair_corpora import LabelledPair
from course_lib.data.corpora.question_corpora import Answer, Question
from course_lib.models import PretrainingModel
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer
from course_lib.training.resumable_checkpoint import write_atomically


def test_few_sentences_are_drawn_by_their_seed():
    some = sentences.Sentences(list("abcdefgh"), np.arange(8))
    first, again, other = some.first(5, 1), some.first(5, 1), some.first(5, 2)
    assert first.texts == again.texts != other.texts
    assert all(some.texts[label] == text for text, label in zip(first.texts, first.labels, strict=True))
    assert sorted(some.first(None, 1).texts) == some.texts


def test_a_classifier_is_fine_tuned_and_asked():
    tokenizer = CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *"abgd"]))
    some = sentences.Sentences(["a g", "b d"] * 8, np.array([1, 0] * 8))
    found = classifier.fine_tune(tokenizer, some, {"choice": some}, 1, epochs=6, rate=1e-3, dropout=0.0)
    assert found["choice"] == 100.0 and found["processor_minutes"] >= 0


def test_a_reader_of_names_is_fine_tuned_and_asked(monkeypatch):
    tagged = [TaggedSentence(("a", "b"), ("B-x", "O")), TaggedSentence(("b",), ("O",))] * 4
    monkeypatch.setattr(names, "load_cluener", lambda split: tagged)
    tokenizer = CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *"ab"]))
    for has_crf in (False, True):
        settings = {"epochs": 15, "rate": 1e-3, "dropout": 0.0, "has_crf": has_crf}
        found = names.fine_tune_names(tokenizer, None, 1, **settings)
        assert found["test"]["as_trained"]["f1"] == 100.0
        assert found["best_epoch"] in (3, 6, 9, 12, 15) and len(found["curve"]) == 5


def test_the_bag_of_words_learns_what_words_say(monkeypatch):
    monkeypatch.setattr("benchmarks.fine_tuning.bag_of_words.EPOCHS", 3)
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 200)
    texts = [f"a film {'good' if label else 'bad'} {rng.integers(9)}" for label in labels]
    training = sentences.Sentences(texts, labels)
    held_out = {"choice": sentences.Sentences(["good film", "so bad"], np.array([1, 0]))}
    assert bag_of_words(training, held_out, seed=1)["choice"] == 100.0
    assert features_of("A b a") == {"a", "b", ("a", "b"), ("b", "a")}


def test_the_bag_of_words_stops_where_it_is_best(monkeypatch):
    """A fifth of the training labels is wrong, and a long training learns them by heart."""
    monkeypatch.setattr("benchmarks.fine_tuning.bag_of_words.RATES", (1e-2,))
    rng = np.random.default_rng(1)
    words = [f"w{number}" for number in range(300)]
    true = {word: index % 2 for index, word in enumerate(words)}

    def some(number, noise):
        texts = [" ".join(rng.choice(words, 3)) for _ in range(number)]
        labels = np.array([sum(true[word] for word in text.split()) > 1 for text in texts], int)
        return sentences.Sentences(texts, np.where(rng.random(number) < noise, 1 - labels, labels))

    training, held_out = some(1_500, 0.2), {"choice": some(400, 0.0), "validation": some(400, 0.0)}
    found = bag_of_words(training, held_out, seed=1)
    assert found["epochs"] < 10 and found["validation"] > 70


def test_a_run_begins_with_the_weights_of_its_file(tmp_path):
    model = PretrainingModel(make_bert(Recipe(), 31), has_pair_head=False)
    model({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    weights = [np.random.default_rng(1).normal(size=weight.shape) for weight in model.weights]
    path = tmp_path / "weights.npz"
    write_atomically(path, {}, {str(index): array for index, array in enumerate(weights)})
    backbone = classifier.make_backbone(31, 0.1, path)
    model.set_weights(weights)
    for received, expected in zip(backbone.weights, model.backbone.weights, strict=True):
        np.testing.assert_array_equal(*map(keras.ops.convert_to_numpy, (received, expected)))


def test_names_are_read_with_the_ids_of_the_pre_trained_reader(monkeypatch):
    tagged = [TaggedSentence(("去", "Ａ", "b"), ("O", "B-name", "I-name"))] * 2
    monkeypatch.setattr("benchmarks.fine_tuning.names.load_cluener", lambda split: tagged)
    tokenizer = CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, "b", "去"]))
    corpus = load_corpus(tokenizer, 1)
    assert corpus.splits["train"].token_ids.tolist() == [[6, 1, 5]]
    assert len(corpus.splits["test"].token_ids) == 2 and corpus.vocabulary_size == 7
    assert corpus.label_names == ["B-name", "I-name", "O"]


def test_runs_are_kept_one_by_one_and_the_best_trial_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    runs = stored_runs.StoredRuns("some", {"what": "a test"})
    for rate, choice in ((1e-4, 70.0), (3e-4, 80.0)):
        runs.add({"kind": "trial", "start": "fresh", "rate": rate, "dropout": 0.1, "choice": choice})
    runs.add({"kind": "trial", "start": "pre-trained", "rate": 1.0, "dropout": 0.3, "choice": 99.0})
    assert runs.has({"kind": "trial", "rate": 3e-4}) and not runs.has({"rate": 2e-4})
    assert runs.best_trial({"start": "fresh"}) == {"rate": 3e-4, "dropout": 0.1}
    longer = {"kind": "trial", "start": "pre-trained", "million_tokens": 64, "choice": 80.0}
    runs.add({**longer, "rate": 2.0, "dropout": 0.1})
    assert runs.best_trial({"start": "pre-trained", "million_tokens": 64})["rate"] == 2.0


def test_the_table_of_sst2_gathers_seeds():
    runs = [
        {"kind": "run", "start": "fresh", "labels": None, "seed": seed, "validation": score, "choice": 79.0}
        for seed, score in ((1, 80.0), (2, 81.0), (3, 82.0))
    ]
    runs.append({"kind": "trial", "start": "fresh", "choice": 99.0})
    runs.append({**runs[0], "start": "pre-trained", "million_tokens": 32, "labels": 100, "validation": 70.25})
    table = sst2_table({"data": "SST-2", "runs": runs})
    assert "| all | fresh |  | 3 | 81.0 (78.5 to 83.5) |" in table
    assert "| 100 | pre-trained | 32 | 1 | 70.2 | 79.0 |" in table and "99.0" not in table


def test_the_table_of_names_has_the_readers_of_two_lstms():
    def run(f1, **keys):
        scores = {"f1": f1, "illegal_transitions": 7}
        return {"kind": "run", "seed": 1, "validation_f1": 30.0, "test": {"as_trained": scores}, **keys}

    record = {
        "data": "CLUENER",
        "runs": [run(45.0, start="fresh", has_crf=True, sentences=1000)],
    }
    tagging = {"runs": [run(32.1, model="BiLSTM", sentences=1000), run(70.0, model="BiLSTM", sentences=None)]}
    lines = cluener_table(record, tagging).splitlines()
    assert lines[2] == "| 1,000 | BiLSTM |  | 1 | 30.0 | 32.1 | 7 |"
    assert lines[3] == "| 1,000 | BERT-CRF, fresh |  | 1 | 30.0 | 45.0 | 7 |"
    assert lines[4].startswith("| all | BiLSTM |  | 1 | 30.0 | 70.0 |")


def test_trials_of_names_beyond_the_grid_test_nothing(tmp_path, monkeypatch):
    tokenizer = CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, "a"]))
    asked = []

    def fine_tune(tokenizer, num_sentences, seed, epochs, **settings):
        asked.append((num_sentences, seed, settings))
        return {"best_epoch": 6, "validation_f1": 40.25}

    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(plan, "load_sequences", lambda *arguments: (tokenizer, None, None))
    monkeypatch.setattr(plan, "finished_weights", lambda language: [8, 16])
    monkeypatch.setattr(plan, "fine_tune_names", fine_tune)
    for _ in range(2):
        plan.run_cluener_trials()
    assert len(asked) == len(plan.CLUENER_BEYOND)  # the second time all are stored
    assert all((number, seed) == (1_000, plan.TRIAL_SEED) for number, seed, _ in asked)
    assert all(settings["splits"] == () and settings["has_crf"] for *_, settings in asked)
    assert asked[0][2]["weights_path"].name == "chinese_0016.npz" and asked[-1][2]["weights_path"] is None
    record = stored_runs.StoredRuns("fine_tuning_cluener_trials", {})
    table = cluener_trials_table({"runs": record.all()})
    assert "| pre-trained | 0.002 | 0.1 | 6 | 40.2 |" in table


def test_a_model_that_always_says_yes_is_not_ahead_of_the_majority():
    true = np.array([1, 1, 0, 1, 0, 1, 1] * 9)
    always = published.ahead_of_the_majority(np.ones_like(true), true)
    assert always == {"test_f1": 83.33, "majority_f1": 83.33, "ahead": [0.0, 0.0]}
    right = published.ahead_of_the_majority(true, true)
    assert right["test_f1"] == 100.0 and right["ahead"][0] > 0


def built_bert(vocabulary):
    """A small reader in the checkpoint's place."""
    bert = make_bert(Recipe(), len(vocabulary))
    bert({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    return bert


def table_of(task, found):
    """The table of one run, as it is stored."""
    run = {"task": task, "seed": 1, "recipe": fine_tuned.RECIPES[task], **found}
    return published_table({"data": "data", "runs": [run]})


def test_the_checkpoint_is_fine_tuned_on_pairs(tmp_path, monkeypatch):
    """By a small reader in its place: every line of the task runs."""
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "a", "b"])
    reader = built_bert(vocabulary), WordPieceTokenizer(vocabulary)
    pairs = [LabelledPair("a a", "a a", 1), LabelledPair("a a", "b b", 0)] * 16
    for module in (published, fine_tuned):
        monkeypatch.setattr(module, "load_reader", lambda: reader)
    monkeypatch.setattr(published, "load_mrpc", lambda split: pairs)
    monkeypatch.setattr(fine_tuned, "FOLDER", tmp_path)
    found = published.fine_tune_mrpc(1)
    assert found["examples"] == 32 and 0 <= found["test_f1"] <= 100 and found["majority_f1"] == 66.67
    assert "| MRPC | 32 | 2 | 1 | always yes | 66.7 |" in table_of("mrpc", found)


def test_recipes_are_tried_on_what_is_not_reported(tmp_path, monkeypatch):
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "a", "b"])
    reader, asked = (built_bert(vocabulary), WordPieceTokenizer(vocabulary)), []

    def load_pairs(split):
        asked.append(split)
        return [LabelledPair("a a", "a a", 1), LabelledPair("a a", "b b", 0)] * 8

    def splits():
        alike = sentences.Sentences(["a a", "b b"] * 8, np.array([1, 0] * 8))
        return {"train": alike, "choice": alike, "validation": None}

    for module in (published, fine_tuned, recipe_trials):
        monkeypatch.setattr(module, "load_reader", lambda: reader)
    monkeypatch.setattr(recipe_trials, "load_mrpc", load_pairs)
    monkeypatch.setattr(recipe_trials, "sst2_splits", splits)
    monkeypatch.setattr(recipe_trials, "GRIDS", {"mrpc": ((0.1, 1), (1e-3, 2)), "sst2": ((1e-3, 1),)})
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    for task in ("mrpc", "sst2") * 2:
        plan.run_trials(task)
    stored = [stored_runs.StoredRuns(f"published_trials_{task}", {}).all() for task in ("mrpc", "sst2")]
    assert [[run["recipe"]["peak"] for run in runs] for runs in stored] == [[0.1, 1e-3], [1e-3]]
    assert all(0 <= run["choice"] <= 100 for runs in stored for run in runs)
    assert set(asked) == {"train", "validation"}


def test_the_table_of_recipes_names_task_and_recipe():
    run = {
        "recipe": {"peak": 5e-5, "num_epochs": 8, "batch_size": 16},
        "choice": 80.25,
        "processor_minutes": 24.9,
    }
    records = {"data": "pairs", "runs": [run]}, {"data": "phrases", "runs": [run, run]}
    table = recipes_table(*records)
    assert "| MRPC | 5e-05 | 8 | 16 | 80.2 | 25 |" in table and table.count("| SST-2 | 5e-05 |") == 2
    assert "pairs." in table and "phrases." in table


def test_the_checkpoint_is_fine_tuned_on_answers(monkeypatch):
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *"abc"])
    reader = built_bert(vocabulary), WordPieceTokenizer(vocabulary)
    questions = [Question("1", "a title", "b", "a b c a", (Answer("c", 4),))] * 16
    monkeypatch.setattr(published, "load_reader", lambda: reader)
    monkeypatch.setattr(published, "load_squadshifts", lambda split: questions)
    found = published.fine_tune_squadshifts(1)
    assert found["examples"] == 16 and len(found["f1_by_question"]) == 16
    assert "| SQuADShifts | 16 | 2 | 1 | exact match |" in table_of("squadshifts", found)


def test_a_published_task_runs_seed_by_seed_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    asked = []

    def fine_tune(seed):
        asked.append(seed)
        return {"test_f1": 80.0 + seed}

    for _ in range(2):
        plan.run_published("mrpc", fine_tune)
    assert asked == [1, 2, 3]
    stored = stored_runs.StoredRuns("published", {}).all()
    assert [run["test_f1"] for run in stored] == [81.0, 82.0, 83.0]


def test_every_start_is_tried_and_run_and_nothing_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(stored_runs, "RESULTS", tmp_path)
    monkeypatch.setattr(plan, "finished_weights", lambda language: [4, 32])
    monkeypatch.setattr(plan, "load_sequences", lambda *_: (None, None, None))
    some = sentences.Sentences(list("ab"), np.arange(2))
    monkeypatch.setattr(plan, "sst2_splits", lambda: {"train": some, "choice": some, "validation": some})
    monkeypatch.setattr(plan, "bag_of_words", lambda *_: {"choice": 60.0, "validation": 60.0})
    asked = []

    def fine_tune(tokenizer, training, held_out, seed, epochs, rate, dropout, weights_path):
        asked.append((weights_path and weights_path.name, rate))
        return {name: 70.0 + (rate == 3e-4) for name in held_out}

    monkeypatch.setattr(plan, "fine_tune", fine_tune)
    plan.run_sst2()
    trials = len(plan.RATES) * len(plan.DROPOUTS)
    runs = len(plan.EPOCHS) * len(plan.SEEDS)
    assert len(asked) == 3 * (trials + runs) + len(plan.EPOCHS)
    assert {name for name, _ in asked} == {None, "english_0000.npz", "english_0004.npz", "english_0032.npz"}
    assert {rate for name, rate in asked if name == "english_0004.npz"} == {3e-4}
    plan.run_sst2()
    assert len(asked) == 3 * (trials + runs) + len(plan.EPOCHS)
