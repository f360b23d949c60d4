"""Posteriors of the toy language against sums over written-out sentences."""

import math

import numpy as np
import pytest
from support.written_out import written_out

from course_lib.data.toy.grammar import TOY_GRAMMAR, read_grammar
from course_lib.data.toy.inside_outside import InsideOutside
from course_lib.data.toy.language import ToyLanguage

TOLERANCE = 1e-9
SMALL = read_grammar("""
Sentence
    3  Name Verb           =>  Name Verb
    1  Name Verb Time      =>  Time Name Verb
Name
    5  the Noun            =>  so Noun
    2  Noun.1 and Noun.2   =>  Noun.1 ul Noun.2
Noun
    1  cat                 =>  miro
    4  saw                 =>  zigo
Verb
    2  saw                 =>  pobek
    3  woke up             =>  thamek
Time
    1  last night          =>  kesi
""")


@pytest.fixture(scope="module")
def toy():
    return ToyLanguage()


def by_enumeration(sentences, words, weights):
    """Z and Z·p(w at i | evidence), summed sentence by sentence."""
    index = {word: number for number, word in enumerate(words)}
    total, at = 0.0, np.zeros_like(weights)
    for sentence, probability in sentences:
        columns = [index[word] for word in sentence]
        weight = probability * math.prod(weights[i, column] for i, column in enumerate(columns))
        total += weight
        at[np.arange(len(sentence)), columns] += weight
    return total, at


@pytest.mark.parametrize("length", [2, 3, 4, 5, 6, 7])
def test_sums_of_a_small_grammar_equal_enumeration(length):
    sums = InsideOutside(SMALL)
    weights = np.random.default_rng(length).random((1, length, len(sums.words)))
    total, at = by_enumeration(written_out(SMALL, length), sums.words, weights[0])
    received, outside = sums.run(weights)
    np.testing.assert_allclose(received[0], total, rtol=TOLERANCE, atol=1e-15)
    np.testing.assert_allclose(outside[0] * weights[0], at, rtol=TOLERANCE, atol=1e-15)


@pytest.fixture(scope="module")
def four_words():
    return written_out(TOY_GRAMMAR, 4)


def test_posteriors_of_the_toy_language_equal_enumeration(toy, four_words):
    assert len(four_words) > 1000
    weights = np.random.default_rng(1).random((1, 4, len(toy.source_words))) ** 3
    total, at = by_enumeration(four_words, toy.source_words, weights[0])
    np.testing.assert_allclose(toy.posterior(weights)[0], at / total, rtol=TOLERANCE, atol=1e-15)


def test_the_rest_leaves_out_what_is_known_about_the_place(toy, four_words):
    weights = np.random.default_rng(2).random((4, len(toy.source_words)))
    rest = toy.posterior_from_the_rest(weights[None])[0]
    for place in range(4):
        others = weights.copy()
        others[place] = 1.0
        total, at = by_enumeration(four_words, toy.source_words, others)
        np.testing.assert_allclose(rest[place], at[place] / total, rtol=TOLERANCE, atol=1e-15)


def test_a_known_sentence_weighs_its_probability(toy):
    pairs = toy.sample(37, seed=5)
    lengths = [len(pair.source) for pair in pairs]
    total, _ = InsideOutside(TOY_GRAMMAR).run(toy.known(*[pair.source for pair in pairs]), lengths)
    np.testing.assert_allclose(np.log(total), [pair.source_log_probability for pair in pairs], rtol=1e-12)


def test_all_lengths_together_weigh_one(toy):
    total, _ = InsideOutside(TOY_GRAMMAR).run(np.ones((48, 48, len(toy.source_words))), range(1, 49))
    np.testing.assert_allclose(total.sum(), 1.0, rtol=1e-12)


def test_rows_of_other_lengths_and_what_stands_beyond_them_change_nothing(toy):
    generator = np.random.default_rng(3)
    weights = generator.random((2, 11, len(toy.source_words)))
    short = toy.posterior(weights[:1, :7])
    both = toy.posterior(weights, [7, 11])
    np.testing.assert_allclose(both[0, :7], short[0], rtol=1e-12)
    assert not both[0, 7:].any()
    np.testing.assert_allclose(both[1], toy.posterior(weights[1:])[0], rtol=1e-12)
    np.testing.assert_allclose(both.sum(axis=-1), np.arange(11) < np.array([[7], [11]]))


def test_no_sentence_fits(toy):
    with pytest.raises(ValueError, match="No sentence .* row 1"):
        toy.posterior(toy.known(["the", "cat", "slept", "quickly"], ["the", "the", "the", "the"]))


@pytest.mark.parametrize(
    ("weights", "lengths", "words"),
    [
        (np.ones((2, 83)), None, r"shape \(2, 83\)"),
        (np.ones((1, 4, 82)), None, r"\(1, 4, 82\)"),
        (np.ones((1, 0, 83)), None, "a place at least"),
        (-np.ones((1, 4, 83)), None, "zero or more"),
        (np.full((1, 4, 83), np.nan), None, "finite"),
        (np.ones((1, 4, 83)), [5], r"from 1 to 4.*\[5\]"),
        (np.ones((1, 4, 83)), [0], r"from 1 to 4.*\[0\]"),
        (np.ones((1, 4, 83)), [2.5], r"whole number.*2\.5"),
        (np.ones((2, 4, 83)), [4], "each of the 2 rows"),
    ],
)
def test_bad_weights_are_refused(toy, weights, lengths, words):
    with pytest.raises(ValueError, match=words):
        toy.posterior(weights, lengths)


def test_unknown_words_are_refused(toy):
    with pytest.raises(ValueError, match="'catz'"):
        toy.known(["the", "catz"])
