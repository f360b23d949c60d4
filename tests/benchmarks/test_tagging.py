"""Readers of names, trained for a moment."""

import numpy as np
import pytest

from benchmarks.tagging import runs
from benchmarks.tagging.corpus import Corpus, as_arrays
from course_lib.data.corpora.entity_corpora import tagged_characters

TEXTS = [
    ("去北京", {"address": {"北京": [[1, 2]]}}),
    ("他来", {}),
    ("上海好", {"address": {"上海": [[0, 1]]}}),
]
NAMES = ["B-address", "I-address", "O"]


@pytest.fixture
def corpus(monkeypatch):
    """Three sentences for each split, in place of CLUENER."""
    tagged = [tagged_characters(*row) for row in TEXTS]
    characters = sorted({character for sentence in tagged for character in sentence.words})
    token_ids = {character: number for number, character in enumerate(characters, start=2)}
    label_ids = {label: number for number, label in enumerate(NAMES, start=1)}
    splits = {split: as_arrays(tagged, token_ids, label_ids) for split in ("train", "validation", "test")}
    found = Corpus(splits, NAMES, 2 + len(characters))
    monkeypatch.setattr(runs, "load_corpus", lambda number: found)
    return found


def test_characters_and_labels_stand_at_the_same_places(corpus):
    sentences = corpus.splits["train"]
    assert sentences.label_ids.tolist() == [[3, 1, 2], [3, 3, 0], [1, 2, 3]]
    np.testing.assert_array_equal(sentences.inputs["padding_mask"], sentences.label_ids != 0)


def test_an_unknown_character_is_no_padding():
    (row,) = as_arrays([tagged_characters("去", {})], {}, {"O": 1}).token_ids.tolist()
    assert row == [1]


@pytest.mark.parametrize("has_crf", [False, True])
def test_a_reader_is_trained_and_measured(corpus, has_crf):
    recipe = {"rate": 0.02, "dropout": 0.0, "epochs": 2, "batch_size": 2, "evaluate_every": 1}
    found = runs.train(has_crf, None, seed=0, **recipe)
    assert [point["epoch"] for point in found["curve"]] == [1, 2]
    assert found["validation_f1"] == max(point["validation_f1"] for point in found["curve"])
    legal = found["test"]["legal_paths_only"]
    assert legal["illegal_transitions"] == 0 and 0 <= legal["f1"] <= 100
