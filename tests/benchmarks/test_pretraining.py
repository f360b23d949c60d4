"""Pre-training from scratch: what is read, how it is cut, and a run that was stopped."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from benchmarks.fine_tuning.sentences import Sentences
from benchmarks.minutes import curve
from benchmarks.minutes.rule import Rule
from benchmarks.pretraining import run, texts, trials
from benchmarks.pretraining.contender import Contender, likeness
from benchmarks.pretraining.probe import frozen_accuracies, layer_means
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.sequences import rows_of
from benchmarks.pretraining.tables import blanks_table, pretraining_table
from benchmarks.record import read_record
from course_lib.data.corpora.entity_corpora import TaggedSentence
from course_lib.data.corpora.pair_corpora import LabelledPair
from course_lib.data.corpora.sentence_corpora import LabelledSentence
from course_lib.data.corpora.splits import split_by_text
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
from course_lib.training.resumable_checkpoint import write_atomically

VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefgh"])
CLASSIFICATION, SEPARATOR = VOCABULARY.classification_id, VOCABULARY.separator_id


def test_what_a_test_holds_is_not_read():
    documents = [["One two.", "Three!"], ["three"], ["Four."]]
    source = texts.divided(documents, times=2, forbidden={"three"})
    assert source.left_out == 2 and source.times == 2
    kept = [*source.train, *source.validation]
    assert sorted(map(tuple, kept)) == [("Four.",), ("One two.",)]


def test_documents_are_set_apart_by_their_first_text():
    documents = [[f"text number {number}", "and more"] for number in range(300)]
    source = texts.divided(documents, times=1)
    assert all(split_by_text(document[0]) == "validation" for document in source.validation)
    assert not any(split_by_text(document[0]) == "validation" for document in source.train)
    assert 5 <= len(source.validation) <= 30 and len(source.train) + len(source.validation) == 300


def test_a_character_is_a_token():
    tokenizer = texts.CharacterTokenizer(VOCABULARY)
    assert tokenizer.encode("Ab x") == [5, 6, VOCABULARY.unknown_id, VOCABULARY.unknown_id]


def test_rows_hold_the_text_in_order_with_a_separator_between_documents():
    tokenizer = texts.CharacterTokenizer(VOCABULARY)
    rows = rows_of(tokenizer, [["ab", "cd"], ["efg"], ["hab"]], length=6)
    assert rows.tolist() == [
        [CLASSIFICATION, 5, 6, 7, 8, SEPARATOR],
        [CLASSIFICATION, SEPARATOR, 9, 10, 11, SEPARATOR],
        [CLASSIFICATION, SEPARATOR, 12, 5, 6, SEPARATOR],
    ]


@pytest.fixture
def contender():
    recipe = replace(
        Recipe(),
        rule=Rule(peak=1e-2, warmup_steps=2, fall_share=0.5, free_epochs=1e9),
        hidden_dim=8,
        num_layers=1,
        num_heads=1,
        length=7,
        batch_size=3,
        max_sequence_length=7,
        dtype="float32",
    )
    tokenizer = texts.CharacterTokenizer(VOCABULARY)
    generator = np.random.default_rng(1)
    documents = [["".join(generator.choice(list("abcdefgh"), 11))] for _ in range(20)]
    rows = {name: rows_of(tokenizer, documents, recipe.length) for name in ("train", "validation")}
    return Contender(tokenizer, rows, recipe, seed=1)


def test_a_run_that_was_stopped_on_the_way_goes_on(contender, tmp_path, monkeypatch):
    """Between two points, too: after 4 of the 10 updates before the fall."""
    rule, path, written = contender.recipe.rule, tmp_path / "trunk.npz", []
    write = curve.write_checkpoint

    def write_until(path, state, done):
        write(path, state, done)
        written.append(done)
        if done == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(curve, "write_checkpoint", write_until)
    with pytest.raises(KeyboardInterrupt):
        list(curve.train_curve(contender, rule, [20], path, save_every=4))
    (point,) = curve.train_curve(contender, rule, [20], path, save_every=4)
    assert written == [4, 8, 10] and point["updates"] == 20
    assert list(curve.train_curve(contender, rule, [20], path, save_every=4)) == []


def test_a_run_that_was_stopped_in_its_fall_still_reads_the_point_off(contender, tmp_path, monkeypatch):
    rule, path, train = contender.recipe.rule, tmp_path / "trunk.npz", curve.Learner.train

    def train_until(learner, done, updates, rate):
        if done == 10:
            raise KeyboardInterrupt
        return train(learner, done, updates, rate)

    with monkeypatch.context() as context:
        context.setattr(curve.Learner, "train", train_until)
        with pytest.raises(KeyboardInterrupt):
            list(curve.train_curve(contender, rule, [20, 40], path, save_every=4))
    points = curve.train_curve(contender, rule, [20, 40], path, save_every=4)
    assert [point["updates"] for point in points] == [20, 40]


def test_weights_begin_as_the_recipe_has_them(contender):
    recipe, model = contender.recipe, contender.make_model(0.0)
    embedding = model.backbone.embedding
    table = np.asarray(embedding.tokens.embeddings)
    assert table.std() == pytest.approx(recipe.initial_deviation, rel=0.25)
    positions = np.asarray(embedding.positions.table)
    np.testing.assert_allclose(positions[0], [0, recipe.initial_positions] * 4, atol=1e-6)
    np.testing.assert_array_equal(embedding.norm.gamma, 1)


def test_all_but_what_the_vocabulary_sizes_is_taken_over(contender, tmp_path):
    longer = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefghijk"])
    tokenizer = texts.CharacterTokenizer(longer)
    rows = {"train": np.full((3, 7), 5, "int32"), "validation": np.full((3, 7), 5, "int32")}
    other = Contender(tokenizer, rows, contender.recipe, seed=2).make_model(0.0)
    path = tmp_path / "other.npz"
    write_atomically(path, {}, {str(index): array for index, array in enumerate(other.get_weights())})
    model = Contender(tokenizer=contender.tokenizer, rows=rows, recipe=contender.recipe, seed=3, start=path)
    same, different = [], []
    for weight, taken in zip(model.make_model(0.0).weights, other.weights, strict=True):
        is_same = weight.shape == taken.shape and np.array_equal(*map(np.asarray, (weight, taken)))
        (same if is_same else different).append(weight.path)
    assert any("query_kernel" in path for path in same) and any("positions" in path for path in same)
    assert [path.rsplit("/", 2)[1:] for path in different] == [
        ["tokens", "embeddings"],
        ["masked_word_head", "bias"],
    ]


def test_a_run_that_begins_with_another_says_which_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"run `python -m benchmarks.pretraining english` first"):
        run.start_of("chinese")
    (tmp_path / "english_0008.npz").touch()
    assert run.start_of("chinese").name == "english_0008.npz"
    assert run.start_of("english") is None


def test_a_run_does_not_go_on_with_weights_of_another_recipe(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "FOLDER", tmp_path / "new")
    run.keep_recipe("english", {"peak": 1.0})
    run.keep_recipe("english", {"peak": 2.0})  # nothing was made with the first
    (run.FOLDER / "english_trunk.npz").touch()
    run.keep_recipe("english", {"peak": 2.0})
    (run.FOLDER / "chinese_rows_64.npz").touch()
    run.keep_recipe("chinese", {"peak": 1.0})  # neither rows nor another run hinder
    (run.FOLDER / "chinese_alone_0004.npz").touch()
    run.keep_recipe("chinese", {"peak": 3.0})
    with pytest.raises(ValueError, match=r"received: \{'peak': 2.0\}. Move .*: english_trunk.npz\."):
        run.keep_recipe("english", {"peak": 3.0})
    with pytest.raises(ValueError, match=r"received: None"):  # older than the note
        run.keep_recipe("chinese_alone", {"peak": 3.0})


def test_a_record_holds_points_of_one_recipe(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    run.store("english", {"recipe": 1}, {"million_tokens": 4, "validation_loss": 5.0})
    run.store("english", {"recipe": 1}, {"million_tokens": 8, "validation_loss": 4.0})
    run.store("english", {"recipe": 1}, {"million_tokens": 4, "validation_loss": 3.0})
    points = read_record(tmp_path / "pretraining_english.json")["points"]
    assert [(point["million_tokens"], point["validation_loss"]) for point in points] == [(8, 4.0), (4, 3.0)]
    run.store("english", {"recipe": 2}, {"million_tokens": 8, "validation_loss": 2.0})
    assert len(read_record(tmp_path / "pretraining_english.json")["points"]) == 1


def test_what_is_read_off_is_what_the_model_answers(contender):
    weights = contender.make_model(0.0).get_weights()
    found = contender.measure(weights)
    assert abs(found["validation_loss"] - np.log(len(VOCABULARY))) < 0.5
    (answer,) = contender.fill(weights, ["a[MASK]b"])
    assert len(answer["words"]) == 5
    probabilities = [probability for _, probability in answer["words"]]
    assert probabilities == sorted(probabilities, reverse=True) and 0 < sum(probabilities) <= 1


def test_a_recipe_has_room_for_what_it_hides():
    recipe = Recipe()
    mean = recipe.masked_share * (recipe.length - 2)
    deviation = (mean * (1 - recipe.masked_share)) ** 0.5
    assert recipe.most_masked > mean + deviation


def test_no_english_sentence_of_a_test_is_read(monkeypatch):
    held_out = "It is a charming film ."
    monkeypatch.setattr(texts, "load_classic_books", lambda: {"emma": [["Emma Woodhouse."]]})
    monkeypatch.setattr(texts, "load_movie_reviews", lambda: {"neg": ["bad .", held_out]})
    monkeypatch.setattr(texts, "load_sst2", lambda split: [LabelledSentence(held_out, 1)])
    monkeypatch.setattr(texts, "load_movie_snippets", snippets_of(held_out))
    sources = texts.english_sources()
    assert held_out not in texts_of(sources) and {"bad .", "good ."} <= texts_of(sources)
    assert [sources[name].left_out for name in ("movie_reviews", "mr_polarity")] == [1, 1]


def test_no_chinese_sentence_of_a_test_is_read(monkeypatch):
    held_out = "北京是首都"

    def load_cluener(split):
        return [TaggedSentence(tuple("上海" if split == "train" else held_out), ("O",) * 2)]

    monkeypatch.setattr(texts, "load_cluener", load_cluener)
    monkeypatch.setattr(texts, "load_chinese_sentences", lambda: [held_out, "很好"])
    monkeypatch.setattr(texts, "load_ocnli", lambda split: [LabelledPair("一", "二", 0)])
    monkeypatch.setattr(texts, "load_waimai", lambda split: [LabelledSentence("味道", 1)])
    monkeypatch.setattr(texts, "load_tatoeba", lambda language: {"train": [("Hi.", "嗨。")]})
    sources = texts.chinese_sources()
    assert texts_of(sources) == {"很好", "上海", "一", "二", "味道", "嗨。"}


def snippets_of(held_out):
    """Loads the held-out sentence for training, too, written otherwise."""
    return lambda split: [LabelledSentence(held_out.upper(), 1), LabelledSentence("good .", 1)][
        : 2 if split == "train" else 0
    ]


def texts_of(sources):
    """All that is read, for training and validation."""
    return {
        text
        for source in sources.values()
        for document in (*source.train, *source.validation)
        for text in document
    }


RECORD = {
    "what": "python -m benchmarks.pretraining english",
    "text": {
        "books": {"train_tokens": 15_400_000, "left_out": 0},
        "mr": {"train_tokens": 240_000, "left_out": 1838},
    },
    "parameters": 3_400_000,
    "machine": {"cores": 2, "processor": "a processor"},
    "points": [
        {
            "million_tokens": 4,
            "epochs": 0.14,
            "tokens_a_processor_second": 9240,
            "validation_loss": 5.948,
            "validation_accuracy": 0.1362,
            "likeness": 0.1,
            "frozen": [75.25, 71.0],
            "blanks": [{"sentence": "a [MASK] .", "words": [["cat", 0.5], ["dog", 0.25]]}],
        }
    ],
}


def test_the_tables_show_what_was_read_off():
    table = pretraining_table(RECORD)
    assert "| english | 4 | 0.1 | 9,240 | 5.95 | 13.6 % | 0.10 | 75.2 71.0 |" in table
    assert "3.4 million parameters and 15.6 million tokens" in table and "1,838 of mr." in table
    assert "| a [MASK] . | cat (0.50), dog (0.25) |" in blanks_table(RECORD)


def test_trials_change_one_thing_at_a_time(contender):
    first, *others, last, short, low, high = trials.TRIALS
    assert [sum(trial[name] != first[name] for name in first) for trial in others] == [1] * 4 + [3] * 4
    assert all(last[name] != first[name] for name in first)
    assert short == {**last, "beta_2": 0.98} and Recipe.beta_2 == 0.999
    assert low["peak"] < last["peak"] < high["peak"] and {**low, "peak": 0} == {**high, "peak": 0}
    recipe = trials.recipe_of(trials.OURS)
    assert recipe.rule.peak == 5e-4 and recipe.initial_deviation == 0.08 and recipe.hidden_dim == 128


def test_a_trial_says_how_the_loss_falls(contender):
    texts = Sentences(["a b", "b a"] * 4, np.array([0, 1] * 4))
    means, alike, frozen = trials.losses_of(contender, (texts, texts), updates=6, every=2)
    assert len(frozen) == 1 + contender.recipe.num_layers and max(frozen) <= 100
    assert -1 <= alike <= 1 and len(means) == 3 and all(1 < mean < 4 for mean in means)
    run = {
        "changes": trials.OURS,
        "tokens_an_update": 2048,
        "every": 250,
        "losses": [6.4, 6.2, 5.9, 5.5],
        "likeness": 0.125,
        "frozen": [76.0, 70.5],
    }
    table = trials.trials_table({"small": trials.SMALL, "runs": [run]})
    assert "| 0.08 | sinusoids, 0.3 | from counts | 0.0005 | 0.999 | 6.20 5.50 | 0.12 | 76.0 70.5 |" in table


def test_what_stands_in_the_words_is_read_from_a_frozen_model(contender):
    """5 is praise and 6 is blame; labels that are drawn are not read."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, 200)
    token = contender.tokenizer.vocabulary.token_of
    told = Sentences([f"{token(6 - label)} {token(6 - label)}" for label in labels], labels)
    noise = Sentences(told.texts, generator.integers(0, 2, 200))
    backbone = contender.make_model(0.0).backbone
    assert min(frozen_accuracies(backbone, contender.tokenizer, told, told)) > 95
    assert max(frozen_accuracies(backbone, contender.tokenizer, noise, noise)) < 65


def test_the_mean_of_a_layer_leaves_padding_and_the_first_token_out(contender):
    backbone = contender.make_model(0.0).backbone
    ids = np.array([[2, 5, 6, 3], [2, 6, 3, 0]])
    whole = {"token_ids": ids, "padding_mask": ids != 0}
    short = {"token_ids": ids[1:, :3], "padding_mask": ids[1:, :3] != 0}
    for long, own in zip(layer_means(backbone, whole), layer_means(backbone, short), strict=True):
        np.testing.assert_allclose(long[1], own[0], atol=0.05)  # in bfloat16
    first = backbone(whole, return_details=True)["layer_outputs"][0]
    expected = keras.ops.convert_to_numpy(keras.ops.cast(first, "float32"))[0, 1:].mean(axis=0)
    np.testing.assert_allclose(layer_means(backbone, whole)[0][0], expected, atol=1e-4)


def test_vectors_that_lie_in_one_direction_are_alike():
    drawn = np.random.default_rng(0).normal(size=(2003, 64))
    assert abs(likeness(drawn)) < 0.01
    assert likeness(drawn + 1.0) == pytest.approx(0.5, abs=0.03)
    vectors = np.eye(5)[[0, 0, 1, 1, 0, 0, 0, 0]]  # of the rows 1 … 5: one pair of 1s, three of 0s
    assert likeness(vectors) == pytest.approx(4 / 10)
