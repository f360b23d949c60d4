import numpy as np
import pytest

from course_lib.objectives import APART, TOGETHER, next_sentence_pairs, sentence_order_pairs
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, pack

LENGTHS = [5, 0, 1, 7, 2] * 60


def pairs(function, seed=1):
    return function(LENGTHS, np.random.default_rng(seed))


@pytest.mark.parametrize("function", [next_sentence_pairs, sentence_order_pairs])
def test_every_sentence_but_the_last_has_a_pair_and_labels_are_even(function):
    found = pairs(function)
    assert len(found) == sum(max(length - 1, 0) for length in LENGTHS)
    share = sum(pair.label for pair in found) / len(found)
    assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(len(found))
    assert pairs(function) == found
    assert pairs(function, seed=2) != found


def test_true_pairs_are_next_and_others_from_another_document():
    for first, second, label in pairs(next_sentence_pairs):
        assert 0 <= second[1] < LENGTHS[second[0]]
        if label == TOGETHER:
            assert second == (first[0], first[1] + 1)
        else:
            assert label == APART
            assert second[0] != first[0]


def test_every_sentence_of_the_others_is_drawn_evenly():
    lengths = [2, 3, 0, 4]
    counts = {}
    for seed in range(3000):
        for first, second, label in next_sentence_pairs(lengths, np.random.default_rng(seed)):
            if label == APART and first == (1, 0):
                counts[second] = counts.get(second, 0) + 1
    assert sorted(counts) == [(0, 0), (0, 1), (3, 0), (3, 1), (3, 2), (3, 3)]
    assert max(counts.values()) < 1.4 * min(counts.values())


@pytest.mark.parametrize("lengths", [[], [9], [9, 0, 0]])
def test_one_document_has_no_negatives(lengths):
    with pytest.raises(ValueError, match="two must have sentences at least"):
        next_sentence_pairs(lengths, np.random.default_rng(0))


def test_order_takes_two_neighbours_and_nothing_else():
    for first, second, label in pairs(sentence_order_pairs):
        assert first[0] == second[0]
        assert second[1] - first[1] == (1 if label == TOGETHER else -1)


def test_a_turned_pair_keeps_its_label_and_the_segments_their_places():
    """The second sentence comes first, as segment 0: neither label nor order can be read from segments."""
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdef"])
    sentences = [[5, 6, 7], [8, 9, 10]]  # of one length
    rows = {}
    for seed in range(20):
        (pair,) = sentence_order_pairs([2], np.random.default_rng(seed))
        packed = pack(vocabulary, [sentences[pair.first[1]]], [sentences[pair.second[1]]])
        rows[pair.label] = packed.token_ids[0].tolist(), packed.segment_ids[0].tolist()
    assert rows[TOGETHER] == ([2, 5, 6, 7, 3, 8, 9, 10, 3], [0] * 5 + [1] * 4)
    assert rows[APART] == ([2, 8, 9, 10, 3, 5, 6, 7, 3], [0] * 5 + [1] * 4)
