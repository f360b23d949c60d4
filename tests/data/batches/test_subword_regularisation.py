"""Sampled segmentations: what they spell, how often a match is passed over, what an epoch serves."""

from itertools import product

import keras
import numpy as np
import pytest

from course_lib.data import SampledTranslationBatches
from course_lib.data.batches.subword_regularisation import SubwordSampler, sample_pieces
from course_lib.text import WordPieceTokenizer, train_wordpiece

TEXTS = ["the cat sat", "the hat", "that cat that sat", "a cat sat at the hat"] * 5
TOKENIZER = WordPieceTokenizer(train_wordpiece(TEXTS, vocabulary_size=22), engine="python")
PIECES = {token: index for index, token in enumerate(TOKENIZER.vocabulary.tokens)}


def make(**options):
    options = {"subword_dropout": 0.3, "batch_size": 7, "shuffle_seed": 3} | options
    return SampledTranslationBatches(TEXTS, TEXTS[::-1], TOKENIZER, **options)


def all_batches(batches, epoch):
    batches.epoch = epoch
    return [batches[index] for index in range(len(batches))]


def test_without_dropout_it_is_the_tokenizer():
    assert SubwordSampler(TOKENIZER, 0.0).encode_batch(TEXTS, seed=1) == TOKENIZER.encode_batch(TEXTS)


def test_every_sequence_of_draws_spells_the_word():
    seen = set()
    for draws in product([0.0, 0.9], repeat=8):
        pieces = sample_pieces("that", PIECES, 0.5, iter(draws).__next__)
        tokens = [TOKENIZER.vocabulary.tokens[piece] for piece in pieces]
        assert "".join(token.removeprefix("##") for token in tokens) == "that"
        assert not tokens[0].startswith("##") and all(token.startswith("##") for token in tokens[1:])
        seen.add(tuple(tokens))
    assert ("t", "##h", "##a", "##t") in seen and len(seen) > 2


def test_a_word_stays_whole_with_the_probability_that_its_match_is_kept():
    sampler = SubwordSampler(TOKENIZER, 0.3)
    encoded = sampler.encode_batch(["that"] * 4000, seed=5)
    whole = np.mean([len(ids) == 1 for ids in encoded])
    assert abs(whole - 0.7) < 4 * (0.7 * 0.3 / 4000) ** 0.5


def test_words_that_pieces_do_not_cover_are_encoded_as_the_tokenizer_does():
    sampler = SubwordSampler(TOKENIZER, 0.5)
    assert sampler.encode_batch(["the zoo", ""], seed=0)[0][-1] == TOKENIZER.vocabulary.unknown_id
    assert sampler.encode_batch(["the zoo", ""], seed=0)[1] == []


def test_an_epoch_is_a_function_of_seed_and_number():
    batches = make()
    first, second = all_batches(batches, 1), all_batches(batches, 4)
    again = all_batches(make(), 4)
    for (x, y), (x_again, y_again) in zip(second, again, strict=True):
        np.testing.assert_array_equal(y, y_again)
        for name in x:
            np.testing.assert_array_equal(x[name], x_again[name])
    assert any(a[1].shape != b[1].shape or (a[1] != b[1]).any() for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("epoch", [0, 5])
def test_every_pair_comes_once_and_together(epoch):
    batches = make()
    pairs = []
    for x, y in all_batches(batches, epoch):
        for source, target in zip(x["source_token_ids"], y, strict=True):
            pairs.append((TOKENIZER.decode(source), TOKENIZER.decode(target)))
    assert sorted(pairs) == sorted(zip(TEXTS, TEXTS[::-1], strict=True))


def test_going_back_to_an_epoch_gives_its_batches():
    batches = make()
    before = [y for _, y in all_batches(batches, 0)]
    all_batches(batches, 2)
    for left, right in zip(before, [y for _, y in all_batches(batches, 0)], strict=True):
        np.testing.assert_array_equal(left, right)


@pytest.mark.parametrize("dropout", [-0.1, 1.0])
def test_a_share_outside_its_range_is_refused(dropout):
    with pytest.raises(ValueError, match=f"at least 0 and below 1. Received: dropout={dropout}"):
        make(subword_dropout=dropout)


def test_a_dataset_yields_the_same_batches_to_the_last():
    pytest.importorskip("tensorflow")
    arrays, viewed = make(), make()
    dataset = viewed.as_tf_dataset()
    for epoch in range(2):
        expected = all_batches(arrays, epoch)
        for received, wanted in zip(dataset, expected, strict=True):
            for one, other in zip(keras.tree.flatten(received), keras.tree.flatten(wanted), strict=True):
                np.testing.assert_array_equal(one.numpy(), other)
