"""Packing against Hugging Face's truncation by hand, and what it must never do."""

import numpy as np
import pytest

from course_lib.text import BERT_SPECIAL_TOKENS, Packed, Vocabulary, pack, truncated_lengths

VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefghijklmnopqrstuvwxyz"])


def one_by_one(first, second, room):
    """BERT's own loop: while too long, the longer of the two loses its last token."""
    while first + second > room:
        if first > second:
            first -= 1
        else:
            second -= 1
    return first, second


def test_the_longer_text_gives_way_token_by_token():
    for first in range(12):
        for second in range(12):
            for room in range(1, 25):
                assert truncated_lengths(first, second, room) == one_by_one(first, second, room)


def texts(seed, count=23):
    generator = np.random.default_rng(seed)
    return [generator.integers(5, 31, generator.integers(0, 14)).tolist() for _ in range(count)]


@pytest.mark.parametrize("max_length", [4, 7, 17, 64])
def test_pairs(max_length):
    first, second = texts(1), texts(2)
    packed = pack(VOCABULARY, first, second, max_length)
    assert isinstance(packed, Packed)
    assert packed.token_ids.shape[1] <= max_length
    for row, (one, other) in enumerate(zip(first, second, strict=True)):
        kept, kept_second = one_by_one(len(one), len(other), max_length - 3)
        ids = [2, *one[:kept], 3, *other[:kept_second], 3]
        real = packed.padding_mask[row]
        assert packed.token_ids[row][real].tolist() == ids
        assert packed.token_ids[row][~real].sum() == 0
        assert real.tolist() == sorted(real, reverse=True)
        assert packed.segment_ids[row][real].tolist() == [0] * (kept + 2) + [1] * (kept_second + 1)
        assert (
            packed.special_mask[row] == ((packed.token_ids[row] < 5) & (packed.token_ids[row] != 1))
        ).all()
        in_second = packed.segment_ids[row] == 1
        for text, part in ((one, ~in_second), (other, in_second)):
            places = packed.source_places[row]
            used = part & (places >= 0)
            assert [text[place] for place in places[used]] == packed.token_ids[row][used].tolist()


def test_single_texts_and_a_given_length():
    packed = pack(VOCABULARY, [[5, 6, 7], []], max_length=4, length=6)
    assert packed.token_ids.tolist() == [[2, 5, 6, 3, 0, 0], [2, 3, 0, 0, 0, 0]]
    assert not packed.segment_ids.any()
    assert {name: array.dtype.name for name, array in packed.inputs.items()} == {
        "token_ids": "int32",
        "segment_ids": "int32",
        "padding_mask": "bool",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], None), "one at least"),
        (([[5]], [[5], [6]]), "Received: 1 and 2"),
        (([[5]], None, 2), "above 2"),
        (([[5]], [[5]], 3), "above 3"),
        (([[5, 6, 7]], None, 9, 4), "at least 5"),
    ],
)
def test_what_cannot_be_packed(arguments, words):
    with pytest.raises(ValueError, match=words):
        pack(VOCABULARY, *arguments)


def test_a_vocabulary_of_a_translator_is_refused():
    from course_lib.text import SPECIAL_TOKENS

    with pytest.raises(AttributeError, match="no classification token"):
        pack(Vocabulary(SPECIAL_TOKENS), [[5]])
