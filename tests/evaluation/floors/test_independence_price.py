"""The price of independence against the divergence of written-out joint distributions."""

import numpy as np
import pytest
from support.toy_texts import TOY, TOY_VOCABULARY, toy_ids
from support.written_out import written_out

from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import factorisation_floor, independence_price

QUICKLY = ["the", "cat", "slept", "quickly"]
NIGHT = ["the", "cat", "slept", "near", "my", "dog", "last", "night"]
FOR = ["these", "cats", "looked", "for", "this", "boy"]
CASES = [
    (QUICKLY, [1]),
    (QUICKLY, [0, 1]),
    (QUICKLY, [3, 0, 1]),
    (QUICKLY, [0, 1, 2, 3]),
    (NIGHT, [6, 7]),
    (NIGHT, [0, 1, 5]),
    (FOR, [2, 3]),
    (FOR, [0, 1, 2]),
    (FOR, [4, 5]),
]


def joint_distribution(sentence, places):
    """The words at the places, with their probability given all others."""
    seen = [None if place in places else word for place, word in enumerate(sentence)]
    fits = written_out(TOY_GRAMMAR, len(sentence), seen=seen)
    total = sum(p for _, p in fits)
    return {words: p / total for words, p in fits}


@pytest.mark.parametrize(("sentence", "places"), CASES)
def test_entropies_and_divergence_by_enumeration(sentence, places):
    joint = joint_distribution(sentence, places)
    marginals = [{} for _ in places]
    for words, p in joint.items():
        for marginal, place in zip(marginals, places, strict=True):
            marginal[words[place]] = marginal.get(words[place], 0.0) + p
    found = independence_price(TOY, sentence, places)
    np.testing.assert_allclose(
        found.marginal_entropies,
        [-sum(p * np.log(p) for p in marginal.values()) for marginal in marginals],
        atol=1e-9,
    )
    assert abs(found.joint_entropy + sum(p * np.log(p) for p in joint.values())) < 1e-9
    divergence = sum(
        p * (np.log(p) - sum(np.log(marginals[k][words[place]]) for k, place in enumerate(places)))
        for words, p in joint.items()
    )
    assert abs(found.price - divergence) < 1e-9
    assert found.price > -1e-12 and (len(places) > 1 or abs(found.price) < 1e-12)


def test_what_stands_at_the_places_and_their_order_do_not_matter():
    one = independence_price(TOY, NIGHT, [0, 1, 5])
    other = independence_price(TOY, ["?", "?", *NIGHT[2:5], "?", *NIGHT[6:]], [5, 0, 1])
    assert abs(one.price - other.price) < 1e-12
    assert sorted(np.round(one.marginal_entropies, 9)) == sorted(np.round(other.marginal_entropies, 9))


def test_two_words_that_are_one_choice_cost_its_whole_entropy():
    assert abs(independence_price(TOY, NIGHT, [6, 7]).price - np.log(2)) < 1e-9


def test_words_that_do_not_depend_on_each_other_cost_nothing():
    assert abs(independence_price(TOY, QUICKLY, [2, 3]).price) < 1e-9


def test_it_is_what_the_best_models_of_both_kinds_differ_by():
    """In the mean over what may stand there: said at once less said one after the other."""
    joint = joint_distribution(FOR, [2, 3])
    token_ids = toy_ids(list(joint))
    both = np.zeros(token_ids.shape, int)
    both[:, [3, 4]] = 1
    in_turn = both.copy()
    in_turn[:, 4] = 2
    at_once, one_by_one = (
        factorisation_floor(TOY, TOY_VOCABULARY, token_ids, ranks).sum(axis=1) for ranks in (both, in_turn)
    )
    difference = np.array(list(joint.values())) @ (at_once - one_by_one)
    assert abs(difference - independence_price(TOY, FOR, [2, 3]).price) < 1e-9


@pytest.mark.parametrize(
    ("places", "settings", "words"),
    [
        ([1, 1], {}, r"Received: \[1, 1\]"),
        ([4], {}, "from 0 to 3"),
        ([-1], {}, "from 0 to 3"),
        ([0, 1, 2], {"most": 50}, "at most 50 ways"),
    ],
)
def test_what_cannot_be(places, settings, words):
    with pytest.raises(ValueError, match=words):
        independence_price(TOY, QUICKLY, places, **settings)


def test_words_that_are_no_sentence():
    with pytest.raises(ValueError, match="No sentence"):
        independence_price(TOY, ["cat", "the", "slept", "quickly"], [3])
