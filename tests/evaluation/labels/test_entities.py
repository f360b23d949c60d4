import pytest

from course_lib.evaluation.labels.entities import (
    allowed_labels,
    entity_counts,
    entity_scores,
    find_entities,
    illegal_transitions,
)

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("O O", []),
        ("B-PER I-PER", [("PER", 0, 1)]),
        ("B-PER B-PER", [("PER", 0, 0), ("PER", 1, 1)]),
        ("I-PER I-PER O", [("PER", 0, 1)]),
        ("B-PER I-LOC", [("PER", 0, 0), ("LOC", 1, 1)]),
        ("B-PER O I-PER", [("PER", 0, 0), ("PER", 2, 2)]),
        ("O B-LOC I-LOC B-PER", [("LOC", 1, 2), ("PER", 3, 3)]),
    ],
)
def test_entities_by_hand(labels, expected):
    assert find_entities(labels.split()) == expected


def test_nothing_found_and_nothing_there():
    assert entity_scores([["O"]], [["O"]]) == (0.0, 0.0, 0.0)
    assert entity_scores([["B-PER"]], [["O"]]) == (0.0, 0.0, 0.0)
    assert entity_scores([["O", "B-PER"]], [["B-PER", "O"]]) == (0.0, 0.0, 0.0)


def test_a_label_on_every_piece_of_a_word_counts_it_more_than_once():
    """What inflates entities: a word of three pieces, each marked as a beginning."""
    words, pieces = [["B-PER", "O"]], [["B-PER", "B-PER", "B-PER", "O"]]
    assert sum(said for row in entity_counts(pieces, pieces) for _, said, _ in row.values()) == 3
    assert sum(said for row in entity_counts(words, words) for _, said, _ in row.values()) == 1


def test_what_is_allowed_is_what_is_not_illegal():
    transitions, starts = allowed_labels(LABELS)
    for first, before in enumerate(LABELS):
        assert starts[first] == (illegal_transitions([before]) == 0)
        for second, after in enumerate(LABELS):
            fresh = illegal_transitions([before, after]) - illegal_transitions([before])
            assert transitions[first][second] == (fresh == 0), (before, after)


@pytest.mark.parametrize("label", ["PER", "B", "B-", "X-PER", "O-PER", ""])
def test_labels_of_another_form(label):
    with pytest.raises(ValueError, match="A label must be"):
        find_entities([label])


def test_sentences_that_do_not_fit():
    with pytest.raises(ValueError, match="1 and 0"):
        entity_scores([["O"]], [])
    with pytest.raises(ValueError, match="Sentence 0 has 1 labels. Received: 2"):
        entity_scores([["O"]], [["O", "O"]])
