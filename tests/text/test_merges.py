import random
from collections import Counter

import pytest

from course_lib.text import train_wordpiece
from course_lib.text.merges import (
    joined,
    learn_merges,
    merge_pair,
    merge_scores,
    pair_counts,
    split_into_characters,
)

WORDS = {"hug": 10, "pug": 5, "pun": 12, "bun": 4, "hugs": 5}


def test_both_scores_by_hand():
    pieces = split_into_characters(WORDS)
    assert pair_counts(pieces)[("##u", "##g")] == 20
    counts = merge_scores(pieces, "count")
    assert max(counts, key=counts.get) == ("##u", "##g")
    likelihood = merge_scores(pieces, "likelihood")
    assert likelihood[("##u", "##g")] == pytest.approx(20 / (36 * 20))
    assert likelihood[("##g", "##s")] == pytest.approx(5 / (20 * 5))
    assert max(likelihood, key=likelihood.get) == ("##g", "##s")


def test_letters_are_never_lost():
    pieces = split_into_characters(WORDS)
    for pair in learn_merges(WORDS, 6):
        pieces = merge_pair(pieces, pair)
        spelt = {word[0] + "".join(part[2:] for part in word[1:]): count for word, count in pieces.items()}
        assert spelt == WORDS


def test_a_pair_that_overlaps_itself_is_merged_from_the_left():
    assert merge_pair({("##a",) * 5: 3}, ("##a", "##a")) == {("##aa", "##aa", "##a"): 3}


def test_words_that_become_the_same_pieces_are_counted_together():
    assert merge_pair({("a", "##b"): 1, ("ab",): 2}, ("a", "##b")) == {("ab",): 3}


def test_counts_give_the_vocabulary_of_the_fast_trainer():
    generator = random.Random(1)
    words = {"".join(generator.choice("abcd") for _ in range(generator.randint(1, 6))) for _ in range(97)}
    counts = Counter({word: generator.randint(1, 997) for word in sorted(words)})  # no two pairs alike
    characters = {piece for word in split_into_characters(counts) for piece in word}
    fast = train_wordpiece([" ".join(counts.elements())], vocabulary_size=5 + len(characters) + 12).tokens
    slow = [joined(*pair) for pair in learn_merges(counts, 12, "count")]
    assert set(slow) == set(fast[5 + len(characters) :])


def test_nothing_left_to_merge():
    assert learn_merges({"ab": 1}, 5) == []
    assert learn_merges({"ab": 1}, 5, minimum_count=1) == [("a", "##b")]
    with pytest.raises(ValueError, match="score='bpe'"):
        learn_merges({"ab": 2}, 1, "bpe")
