"""Documents: their probabilities against tilted grammars parsed anew, and what the best judge can do."""

from itertools import islice

import numpy as np
import pytest

from course_lib.data.toy.documents import STAGES, TOPICS, DocumentLanguage, tilted
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.data.toy.language import ToyLanguage, split_of
from course_lib.data.toy.parser import derivations


@pytest.fixture(scope="module")
def documents():
    return DocumentLanguage()


def test_a_tilted_grammar_sums_to_one():
    for topic in TOPICS.values():
        grammar = tilted(TOY_GRAMMAR, topic | STAGES[0])
        for rules in grammar.values():
            assert sum(rule.probability for rule in rules) == pytest.approx(1.0)


def test_probabilities_are_those_of_the_tilted_grammars(documents):
    pairs = [pair for document in islice(documents.stream(seed=1), 5) for pair in document.sentences]
    grammars = {
        (k, s): tilted(TOY_GRAMMAR, topic | stage)
        for k, topic in enumerate(TOPICS.values())
        for s, stage in enumerate(STAGES)
    }
    for pair in pairs[::3]:
        table = documents.log_probabilities(pair)
        for place in ((0, 0), (1, 3), (3, 2), (2, 1)):
            (derivation,) = derivations(grammars[place], pair.source)
            assert table[place] == pytest.approx(derivation.log_probability, abs=1e-9)
        (plain,) = derivations(TOY_GRAMMAR, pair.source)
        assert pair.source_log_probability == pytest.approx(plain.log_probability, abs=1e-9)


def test_documents_are_of_one_split_and_come_again_with_the_seed(documents):
    first = list(islice(documents.stream(seed=2, split="validation"), 7))
    assert first == list(islice(documents.stream(seed=2, split="validation"), 7))
    assert {split_of(pair.source) for document in first for pair in document.sentences} == {"validation"}
    assert {len(document.sentences) for document in first} == {4}
    topics = {document.topic for document in islice(documents.stream(seed=3), 60)}
    assert topics == set(TOPICS)


def test_odds_are_calibrated(documents):
    """Of all pairs, the share that is next is the mean of what the odds say."""
    generator = np.random.default_rng(4)
    rows = list(islice(documents.stream(seed=5), 700))
    sure, right, order_right = [], [], []
    for number, document in enumerate(rows):
        place = int(generator.integers(3))
        first, second = document.sentences[place : place + 2]
        is_next = generator.random() < 0.5
        if not is_next:
            second = rows[number - 1].sentences[int(generator.integers(4))]
        odds = documents.next_sentence_odds(first, second)
        sure.append(1 / (1 + np.exp(-odds)))
        right.append((odds > 0) == is_next)
        order_right.append(documents.sentence_order_odds(*document.sentences[place : place + 2]) > 0)
    expected = np.mean(np.maximum(sure, 1 - np.array(sure)))
    assert np.mean(right) == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(len(rows)))
    assert 0.7 < np.mean(right) < 0.99
    assert 0.7 < np.mean(order_right) < 0.99
    pair = rows[0].sentences[:2]
    assert documents.sentence_order_odds(*pair) == pytest.approx(-documents.sentence_order_odds(*pair[::-1]))


@pytest.mark.parametrize(("seed", "split"), [(-1, "train"), (0, "dev"), (True, "test")])
def test_a_stream_that_is_none(documents, seed, split):
    with pytest.raises(ValueError, match="must be"):
        documents.stream(seed, split)


def test_a_posterior_is_that_of_counting_all_words(documents):
    """Each word is tried in the place, and its sentence weighed under every topic and stage."""
    toy = ToyLanguage()
    document = next(documents.stream(seed=7))
    first, second = document.sentences[1:3]
    for place in (0, 1, len(second.source) - 1):
        weights = [toy.known(pair.source) for pair in (first, second)]
        weights[1][0, place] = 1.0
        for texts in (weights, weights[1:]):
            found = documents.posterior(texts)[-1][0, place]
            expected = np.zeros(len(toy.source_words))
            for number, word in enumerate(toy.source_words):
                words = [*second.source[:place], word, *second.source[place + 1 :]]
                try:
                    table = documents.log_probabilities(toy.translate(words))
                except ValueError:  # no sentence
                    continue
                if len(texts) == 2:
                    table = documents.log_probabilities(first)[:, :-1] + table[:, 1:]
                expected[number] = np.exp(table).sum()
            np.testing.assert_allclose(found, expected / expected.sum(), atol=1e-9)


def test_a_posterior_knows_what_can_be_seen(documents):
    toy = ToyLanguage()
    pairs = [document.sentences for document in islice(documents.stream(seed=8), 3)]
    texts = [toy.known(*(sentences[place].source for sentences in pairs)) for place in range(4)]
    lengths = [[len(sentences[place].source) for sentences in pairs] for place in range(4)]
    for text, found in zip(texts, documents.posterior(texts, lengths), strict=True):
        np.testing.assert_allclose(found, text, atol=1e-9)


def test_sentences_that_do_not_fit_are_refused(documents):
    with pytest.raises(ValueError, match="1 to 4"):
        documents.posterior([])
    with pytest.raises(ValueError, match="fit"):
        documents.posterior([ToyLanguage().known(["the", "the", "the"])])
