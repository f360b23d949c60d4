import numpy as np
import pytest

from course_lib.data import ToyLanguage
from course_lib.evaluation import (
    alignment_error_rate,
    alignment_precision,
    alignment_recall,
    alignment_statistics,
    error_rate_from_statistics,
    links_from_weights,
    one_link_per_target,
)

# Two sentences: 3 + 2 predicted links, 2 + 3 sure ones.
PREDICTED = [{(0, 0), (1, 1), (2, 2)}, {(0, 1), (1, 0)}]
SURE = [{(0, 0), (1, 2)}, {(0, 1), (1, 0), (2, 2)}]
POSSIBLE = [{(0, 0), (1, 2), (1, 1)}, {(0, 1), (1, 0), (2, 2), (0, 0)}]


def test_error_rate_by_hand():
    # A ∩ S: (0,0) and both of the second sentence; A ∩ P: (1,1) as well
    assert alignment_error_rate(PREDICTED, SURE, POSSIBLE) == pytest.approx(1 - (3 + 4) / (5 + 5))
    assert alignment_precision(PREDICTED, SURE, POSSIBLE) == pytest.approx(4 / 5)
    assert alignment_error_rate(PREDICTED, SURE) == pytest.approx(1 - (3 + 3) / (5 + 5))
    assert alignment_precision(PREDICTED, SURE) == pytest.approx(3 / 5)
    assert alignment_recall(PREDICTED, SURE) == pytest.approx(3 / 5)


def test_error_rate_without_possible_links_is_one_minus_f1():
    generator = np.random.default_rng(0)
    predicted, sure = (
        [{tuple(map(int, link)) for link in generator.integers(5, size=(7, 2))} for _ in range(11)]
        for _ in range(2)
    )
    precision, recall = alignment_precision(predicted, sure), alignment_recall(predicted, sure)
    f1 = 2 * precision * recall / (precision + recall)
    assert 0 < f1 < 1
    assert alignment_error_rate(predicted, sure) == pytest.approx(1 - f1, rel=1e-12)


def test_extremes():
    assert alignment_error_rate(SURE, SURE, POSSIBLE) == 0
    assert alignment_error_rate([{(5, 5)}], [{(0, 0)}]) == 1
    assert alignment_error_rate([set()], [{(0, 0)}]) == 1
    # a predicted link that is possible but not sure is no error, with or without sure links
    assert alignment_error_rate([{(0, 0)}], [set()], [{(0, 0)}]) == 0


def test_sums_give_the_corpus_error_rate():
    statistics = alignment_statistics(PREDICTED, SURE, POSSIBLE)
    assert statistics.tolist() == [[1, 2, 3, 2], [2, 2, 2, 3]]
    assert error_rate_from_statistics(statistics.sum(axis=0)) == pytest.approx(0.3)
    rates = error_rate_from_statistics(statistics)
    assert rates == pytest.approx([1 - 3 / 5, 1 - 4 / 5])
    assert np.isnan(error_rate_from_statistics(np.zeros(4)))


@pytest.mark.parametrize("function", [alignment_error_rate, alignment_precision])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((PREDICTED, SURE[:1]), "Received: 2, 1 and 1"),
        ((PREDICTED, SURE, POSSIBLE[:1]), "Received: 2, 2 and 1"),
        (
            (PREDICTED, POSSIBLE, SURE),
            r"must contain every gold link. Received: without \[\(1, 1\)\] in sentence 0",
        ),
        (({(0, 0)}, {(0, 0)}), "a set of pairs"),
    ],
)
def test_wrong_links_are_refused(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


def test_rates_of_nothing_are_refused():
    with pytest.raises(ValueError, match="at least one predicted or gold link"):
        alignment_error_rate([set()], [set()])
    with pytest.raises(ValueError, match="at least one predicted or gold link"):
        alignment_error_rate([], [])
    with pytest.raises(ValueError, match="`predicted` must hold at least one link"):
        alignment_precision([set()], [{(0, 0)}])
    with pytest.raises(ValueError, match="`gold` must hold at least one link"):
        alignment_recall([{(0, 0)}], [set()])


def test_links_follow_the_largest_weight_of_each_target_word():
    weights = np.random.default_rng(1).random((7, 11))
    links = links_from_weights(weights, source_length=5, target_length=3)
    expected = set()
    for j in range(3):
        best = max(range(5), key=lambda i: weights[j][i])
        expected.add((best, j))
    assert links == expected
    assert all(type(i) is int and type(j) is int for i, j in links)


def test_links_ignore_end_and_padding():
    # every row attends most to column 3, which is the end token
    weights = [[0.1, 0.2, 0.0, 0.7, 0.0], [0.3, 0.0, 0.0, 0.7, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0]]
    assert links_from_weights(weights, source_length=3, target_length=2) == {(1, 0), (0, 1)}
    # the third row puts nothing on the words
    assert links_from_weights(weights, source_length=3, target_length=3) == {(1, 0), (0, 1)}
    assert links_from_weights(weights, source_length=3, target_length=0) == set()


@pytest.mark.parametrize(
    ("weights", "source_length", "target_length", "message"),
    [
        (
            np.ones((3, 5)),
            5,
            4,
            r"at least 4 rows \(target\) and 5 columns \(source\). Received: shape \(3, 5\)",
        ),
        (np.ones((3, 5)), 6, 3, "6 columns"),
        (np.ones((2, 3, 5)), 5, 3, r"Received: shape \(2, 3, 5\)"),
        (np.ones((3, 5)), 0, 3, "source_length=0"),
        (np.ones((3, 5)), 5, -1, "target_length=-1"),
        (np.full((3, 5), np.nan), 5, 3, "NaN"),
    ],
)
def test_wrong_weights_are_refused(weights, source_length, target_length, message):
    with pytest.raises(ValueError, match=message):
        links_from_weights(weights, source_length, target_length)


def test_perfect_attention_on_the_toy_language():
    pairs = ToyLanguage().sample(500, seed=1, split="test")
    gold = [pair.alignment for pair in pairs]
    predicted = []
    for pair in pairs:
        weights = np.zeros((len(pair.target) + 1, len(pair.source) + 1))
        for i, j in pair.alignment:
            weights[j, i] = 1
        predicted.append(links_from_weights(weights, len(pair.source), len(pair.target)))
    assert predicted == one_link_per_target(gold)
    assert alignment_precision(predicted, gold) == 1
    # two source words in one target word cost recall, and a little of the error rate
    links, words = sum(map(len, gold)), sum(len(pair.target) for pair in pairs)
    assert alignment_error_rate(predicted, gold) == pytest.approx(1 - 2 * words / (words + links), rel=1e-12)
    assert 0 < alignment_error_rate(predicted, gold) < 0.05


def test_generators_are_read_once_and_whole():
    predicted, gold = [[(0, 0), (1, 1)]], [[(0, 0), (1, 2), (2, 1)]]
    rate = alignment_error_rate(map(iter, predicted), map(iter, gold))
    assert rate == alignment_error_rate(predicted, gold) == pytest.approx(0.6)
