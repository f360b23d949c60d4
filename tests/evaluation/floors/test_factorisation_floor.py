"""Words said in an order: against written-out sentences, and one sum for all orders."""

import itertools

import numpy as np
import pytest
from support.toy_texts import TOY, TOY_VOCABULARY, toy_ids
from support.written_out import written_out

from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import factorisation_floor, masked_word_floor
from course_lib.objectives import MaskedWords, PermutedWords

NIGHT = ["the", "cat", "slept", "near", "my", "dog", "last", "night"]


def losses_of(sentences, ranks):
    return factorisation_floor(TOY, TOY_VOCABULARY, toy_ids(sentences), ranks)


def test_any_ranks_against_a_sum_over_all_sentences():
    sentences = written_out(TOY_GRAMMAR, 4)
    generator = np.random.default_rng(1)
    some = [sentences[number][0] for number in generator.integers(len(sentences), size=9)]
    ranks = np.pad(generator.integers(0, 4, (9, 4)), ((0, 0), (1, 1)))
    found = losses_of(some, ranks)
    for sentence, row, losses in zip(some, ranks[:, 1:-1], found, strict=True):
        assert losses[0] == losses[-1] == 0
        for place, rank in enumerate(row):
            known = [other for other in range(4) if row[other] < rank]
            fits = [
                (words, p)
                for words, p in sentences
                if all(words[other] == sentence[other] for other in known)
            ]
            right = sum(p for words, p in fits if words[place] == sentence[place])
            expected = -np.log(right / sum(p for _, p in fits)) if rank > 0 else 0.0
            assert abs(losses[1 + place] - expected) < 1e-9


def test_all_orders_of_the_same_targets_have_one_sum():
    places = [2, 6, 7, 8]
    sums = []
    for order in itertools.permutations(range(1, 5)):
        ranks = np.zeros((1, 10), int)
        ranks[0, places] = order
        sums.append(losses_of([NIGHT], ranks).sum())
    np.testing.assert_allclose(sums, sums[0], rtol=1e-12)
    seen = [None if place + 1 in places else word for place, word in enumerate(NIGHT)]
    fits = written_out(TOY_GRAMMAR, 8, seen=seen)
    joint = dict(fits)[tuple(NIGHT)] / sum(p for _, p in fits)
    assert abs(sums[0] + np.log(joint)) < 1e-9


def test_from_left_to_right_all_words_together_cost_the_sentence():
    sentences = [pair.source for pair in TOY.sample(7, seed=3)]
    token_ids = toy_ids(sentences)
    ranks = np.where(token_ids > 4, np.arange(token_ids.shape[1]), 0)
    found = factorisation_floor(TOY, TOY_VOCABULARY, token_ids, ranks).sum(axis=1)
    for sentence, nats in zip(sentences, found, strict=True):
        of_its_length = TOY._sums.run(np.ones((1, len(sentence), len(TOY.source_words))))[0][0]
        expected = np.log(of_its_length) - TOY.translate(sentence).source_log_probability
        assert abs(nats - expected) < 1e-9


def test_targets_of_one_rank_cost_what_masked_words_do():
    token_ids = toy_ids([pair.source for pair in TOY.sample(11, seed=4)])
    objective = MaskedWords(TOY_VOCABULARY, 0.4, mask_share=1.0, random_share=0.0)
    inputs, labels = objective.hide(token_ids, np.random.default_rng(5))
    expected, _ = masked_word_floor(TOY, TOY_VOCABULARY, objective, inputs, labels)
    is_target = inputs["token_ids"] == TOY_VOCABULARY.mask_id
    found = factorisation_floor(TOY, TOY_VOCABULARY, token_ids, is_target.astype(int))
    np.testing.assert_allclose(found[is_target], expected, atol=1e-9)
    assert not found[~is_target].any()


def test_the_ranks_of_permuted_words_are_taken_as_they_are():
    token_ids = toy_ids([pair.source for pair in TOY.sample(5, seed=6)])
    inputs, labels = PermutedWords(TOY_VOCABULARY, one_in=3).hide(token_ids, np.random.default_rng(7))
    found = factorisation_floor(TOY, TOY_VOCABULARY, token_ids, inputs["ranks"])
    assert (found[inputs["ranks"] == 0] == 0).all() and (found >= 0).all()
    assert 0 < found.sum() / (labels != 0).sum() < 4


def test_no_targets_cost_nothing():
    assert not losses_of([NIGHT], np.zeros((1, 10), int)).any()


@pytest.mark.parametrize(
    ("token_ids", "ranks", "words"),
    [
        (toy_ids([NIGHT]), np.ones((1, 9), int), "one shape"),
        (toy_ids([NIGHT]), np.ones((1, 10), int), "special token or padding"),
        (np.array([[2, 10, 4, 3]]), np.array([[0, 1, 0, 0]]), "without masks"),
        (np.array([[2, 10, 3, 11]]), np.array([[0, 1, 0, 0]]), "one piece"),
        (np.array([[2, 3]]), np.array([[0, 0]]), "one piece"),
        (toy_ids([["cat", "the", "cat"]]), np.array([[0, 1, 0, 0, 0]]), "No sentence"),
    ],
)
def test_what_cannot_be(token_ids, ranks, words):
    with pytest.raises(ValueError, match=words):
        factorisation_floor(TOY, TOY_VOCABULARY, token_ids, ranks)
