"""The judge of replaced words against a sum over all sentences and all choices of places."""

import itertools

import numpy as np
import pytest
from support.toy_texts import TOY, TOY_VOCABULARY, toy_ids
from support.written_out import written_out

from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import judge_scores, replaced_token_judge
from course_lib.objectives import MaskedWords, ordinary_tokens, replace_tokens

SIZE = len(TOY_VOCABULARY)
IS_WORD = np.array([token in TOY.source_words for token in TOY_VOCABULARY.tokens])
EVENLY = IS_WORD / IS_WORD.sum()


def drawn_proposals(generator, *shape):
    weights = generator.gamma(0.5, size=(*shape, SIZE)) * IS_WORD + 1e-6
    return weights / weights.sum(axis=-1, keepdims=True)


def replaced_by_enumeration(sentences, shown, proposals, shares):
    """Every sentence, every choice of places: how probable is it, and is the shown word the original?"""
    total, replaced = 0.0, np.zeros(4)
    drawn = [q[TOY_VOCABULARY.id_of(word)] for q, word in zip(proposals, shown, strict=True)]
    for words, probability in sentences:
        differs = [one != other for one, other in zip(words, shown, strict=True)]
        for choice in itertools.product((False, True), repeat=4):
            p = probability
            for place, is_chosen in enumerate(choice):
                if is_chosen:
                    p *= shares[place] * drawn[place]
                else:
                    p *= (1 - shares[place]) * (not differs[place])
            total += p
            replaced += p * np.array(differs)
    return replaced / total


@pytest.mark.parametrize("kind", ["one proposal", "one for each place", "places told"])
def test_short_texts_against_a_sum_over_all_that_may_have_happened(kind):
    sentences = written_out(TOY_GRAMMAR, 4)
    generator = np.random.default_rng(1)
    texts = [list(sentences[number][0]) for number in generator.integers(len(sentences), size=2)]
    for text in texts:  # a word or two that need not fit
        for place in generator.integers(4, size=2):
            text[place] = TOY.source_words[generator.integers(len(TOY.source_words))]
    token_ids = toy_ids(texts)
    if kind == "one proposal":
        proposals, shares = drawn_proposals(generator), 0.3
    else:
        proposals, shares = drawn_proposals(generator, *token_ids.shape), generator.random(token_ids.shape)
    if kind == "places told":
        shares = np.zeros(token_ids.shape)
        shares[:, [2, 4]] = 1.0
        texts = [["the", text[1], "slept", text[3]] for text in texts]
        token_ids = toy_ids(texts)
    found = replaced_token_judge(TOY, TOY_VOCABULARY, token_ids, proposals, shares)
    of_rows = np.broadcast_to(proposals, (*token_ids.shape, SIZE))[:, 1:-1]
    share_of_rows = np.broadcast_to(shares, token_ids.shape)[:, 1:-1]
    for row, text in enumerate(texts):
        expected = replaced_by_enumeration(sentences, text, of_rows[row], share_of_rows[row])
        np.testing.assert_allclose(found[row, 1:-1], expected, rtol=0, atol=1e-9)
    assert not found[:, [0, -1]].any()


def corrupted_sample(count, seed, share=0.2, proposal=EVENLY):
    token_ids = toy_ids([pair.source for pair in TOY.sample(count, seed=seed)])
    objective = MaskedWords(TOY_VOCABULARY, share, mask_share=1.0, random_share=0.0, most=40)
    generator = np.random.default_rng(seed)
    inputs, labels = objective.hide(token_ids, generator)
    samples = generator.choice(SIZE, labels.shape, p=proposal)
    corrupted, is_replaced = map(
        np.asarray, replace_tokens(inputs["token_ids"], inputs["masked_positions"], labels, samples)
    )
    return corrupted, is_replaced, ordinary_tokens(token_ids, TOY_VOCABULARY)


def test_what_it_says_comes_true_as_often_as_it_says():
    corrupted, is_replaced, is_judged = corrupted_sample(301, seed=2)
    found = replaced_token_judge(TOY, TOY_VOCABULARY, corrupted, EVENLY, 0.2)[is_judged]
    truth = is_replaced[is_judged]
    deviation = np.sqrt((found * (1 - found)).sum())
    assert abs(found.sum() - truth.sum()) < 5 * deviation
    doubtful = (found > 0.1) & (found < 0.9)
    deviation = np.sqrt((found * (1 - found))[doubtful].sum())
    assert doubtful.sum() > 100
    assert abs(found[doubtful].sum() - truth[doubtful].sum()) < 5 * deviation


def test_knowing_the_share_or_the_proposal_wrongly_costs():
    unlike = np.where(np.arange(SIZE) % 2, 5.0, 1.0) * IS_WORD
    unlike /= unlike.sum()
    corrupted, is_replaced, is_judged = corrupted_sample(301, seed=3, proposal=unlike)

    def scores(proposal, share):
        found = replaced_token_judge(TOY, TOY_VOCABULARY, corrupted, proposal, share)
        return judge_scores(found, is_replaced, is_judged)

    best = scores(unlike, 0.2)
    assert best.loss < min(scores(unlike, 0.03).loss, scores(unlike, 0.7).loss, scores(EVENLY, 0.2).loss)
    assert best.area_under_curve > 0.9 and best.accuracy > best.always_real
    assert best.area_under_curve > scores(EVENLY, 0.2).area_under_curve


def test_a_generator_that_knows_the_language_leaves_little_to_find():
    """Samples of the exact posterior are as good as real: told the places, one can but guess."""
    words = ["the", "cat", "slept", "near", "my", "dog", "last", "night"]
    token_ids = toy_ids([words])
    masked = TOY.known(words)
    masked[0, 5] = 1.0
    posterior = TOY.posterior(masked)[0, 5]
    column = [TOY_VOCABULARY.id_of(word) for word in TOY.source_words]
    proposals = np.tile(EVENLY, (*token_ids.shape, 1))
    proposals[0, 6] = 0
    proposals[0, 6, column] = posterior
    shares = np.zeros(token_ids.shape)
    shares[0, 6] = 1.0
    found = replaced_token_judge(TOY, TOY_VOCABULARY, token_ids, proposals, shares)
    right = posterior[TOY.source_words.index("dog")]
    assert abs(found[0, 6] - (1 - right)) < 1e-12
    assert not np.delete(found[0], 6).any()  # who is told where nothing was hidden is sure there


def test_with_nothing_chosen_all_is_real():
    corrupted = toy_ids([pair.source for pair in TOY.sample(5, seed=4)])
    assert not replaced_token_judge(TOY, TOY_VOCABULARY, corrupted, EVENLY, 0.0).any()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"proposals": EVENLY[1:]}, "Received: shape"),
        ({"proposals": 2 * EVENLY}, "sum to 1"),
        ({"proposals": np.eye(SIZE)[7] * 2 - np.eye(SIZE)[8]}, "sum to 1"),
        ({"shares": 1.5}, "from 1.5 to 1.5"),
        ({"shares": np.zeros((1, 2))}, r"shape \(1, 6\)"),
        ({"token_ids": np.array([[2, 10, 4, 12, 13, 3]])}, "Received masks"),
        ({"token_ids": toy_ids([["cat", "the", "cat", "slept"]]), "shares": 0.0}, "No sentence"),
    ],
)
def test_what_cannot_be(settings, words):
    given = {
        "token_ids": toy_ids([["the", "cat", "slept", "quickly"]]),
        "proposals": EVENLY,
        "shares": 0.15,
        **settings,
    }
    with pytest.raises(ValueError, match=words):
        replaced_token_judge(TOY, TOY_VOCABULARY, **given)
