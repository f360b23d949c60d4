"""Pairs of sentences to batches."""

import numpy as np
import pytest

from course_lib.data import ToyLanguage, TranslationBatches, pair_batches, whole_batch
from course_lib.text import Vocabulary, WordTokenizer

PAIRS = ToyLanguage().sample(13, seed=0)
SOURCE = WordTokenizer(Vocabulary.from_sentences(pair.source for pair in PAIRS))
TARGET = WordTokenizer(Vocabulary.from_sentences(pair.target for pair in PAIRS))


def assert_same(one, other):
    for name in one[0]:
        np.testing.assert_array_equal(one[0][name], other[0][name])
    np.testing.assert_array_equal(one[1], other[1])


@pytest.mark.parametrize("join", [False, True])
def test_batches_are_those_of_the_ids(join):
    pairs = [(" ".join(pair.source), " ".join(pair.target)) for pair in PAIRS] if join else PAIRS
    batches = pair_batches(pairs, SOURCE, TARGET, batch_size=5, shuffle_seed=3)
    ids = [
        [[vocabulary.id_of(word) for word in pair[side]] for pair in PAIRS]
        for side, vocabulary in enumerate((SOURCE.vocabulary, TARGET.vocabulary))
    ]
    by_hand = TranslationBatches(
        *ids,
        start_id=TARGET.vocabulary.start_id,
        end_id=TARGET.vocabulary.end_id,
        batch_size=5,
        shuffle_seed=3,
    )
    assert len(batches) == len(by_hand) == 3
    for index in range(3):
        assert_same(batches[index], by_hand[index])


def test_a_whole_split_comes_with_its_pairs_in_the_order_of_its_rows():
    inputs, labels, pairs = whole_batch(PAIRS, SOURCE, TARGET)
    assert sorted(pairs) == sorted(PAIRS) and len(labels) == 13
    for row, pair in enumerate(pairs):
        assert SOURCE.decode(inputs["source_token_ids"][row]) == " ".join(pair.source)
        assert TARGET.decode(labels[row]) == " ".join(pair.target)
