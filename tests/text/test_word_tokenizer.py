import numpy as np
import pytest

from course_lib.text import SPECIAL_TOKENS, Vocabulary, WordTokenizer


@pytest.fixture
def tokenizer():
    return WordTokenizer(Vocabulary([*SPECIAL_TOKENS, "the", "Saw", "."]))


def test_splits_at_whitespace_and_changes_nothing(tokenizer):
    assert tokenizer.encode(" the\tSaw saw\u3000. ") == [5, 6, 1, 7]
    assert tokenizer.encode_batch(["the", "", "the ."]) == [[5], [], [5, 7]]


def test_decode_drops_padding_and_start_and_stops_at_the_end_token(tokenizer):
    assert tokenizer.decode(np.array([2, 0, 5, 6, 3, 7, 0], dtype="int32")) == "the Saw"
    assert tokenizer.decode([5, 1, 4]) == "the [UNK] [MASK]"
    assert tokenizer.decode([]) == ""


@pytest.mark.parametrize("text", [None, 3, b"the", ["the"]])
def test_encode_refuses_what_is_not_a_string(tokenizer, text):
    with pytest.raises(TypeError, match="`text` must be a string"):
        tokenizer.encode(text)


def test_encode_batch_refuses_one_string_and_names_the_bad_item(tokenizer):
    with pytest.raises(TypeError, match="not one string"):
        tokenizer.encode_batch("the")
    with pytest.raises(TypeError, match="Received: None of type NoneType at position 1"):
        tokenizer.encode_batch(["the", None])


def test_decode_refuses_bad_ids(tokenizer):
    with pytest.raises(ValueError, match=r"0\.\.7\. Received: 8"):
        tokenizer.decode([5, 8])
    with pytest.raises(TypeError, match="flat sequence of integers"):
        tokenizer.decode(np.array([[5, 6]]))
    with pytest.raises(TypeError, match=r"Received: 5\.0"):
        tokenizer.decode([5.0])
