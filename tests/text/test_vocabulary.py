import copy
import os
import pickle

import pytest

from course_lib.text import BERT_SPECIAL_TOKENS, SPECIAL_TOKENS, Vocabulary, WordTokenizer


def test_special_tokens_have_fixed_ids():
    vocabulary = Vocabulary([*SPECIAL_TOKENS, "x"])
    assert (
        vocabulary.padding_id,
        vocabulary.unknown_id,
        vocabulary.start_id,
        vocabulary.end_id,
        vocabulary.mask_id,
    ) == (0, 1, 2, 3, 4)


def test_ids_and_tokens_are_inverse_and_unknown_words_get_the_unknown_id():
    vocabulary = Vocabulary([*SPECIAL_TOKENS, "b", "a", "##a"])
    assert [vocabulary.id_of(vocabulary.token_of(i)) for i in range(8)] == list(range(8))
    assert vocabulary.id_of("c") == 1
    assert "a" in vocabulary and "c" not in vocabulary and len(vocabulary) == 8


def test_from_sentences_orders_by_count_then_alphabet():
    sentences = [["b", "c", "a"], ["c", "b"], ["c", "d", "[PAD]", "[PAD]"]]
    assert Vocabulary.from_sentences(sentences).tokens == (*SPECIAL_TOKENS, "c", "b", "a", "d")
    assert Vocabulary.from_sentences(sentences, minimum_count=2).tokens[5:] == ("c", "b")
    assert Vocabulary.from_sentences(sentences, maximum_size=8).tokens[5:] == ("c", "b", "a")
    assert Vocabulary.from_sentences([], maximum_size=5).tokens == SPECIAL_TOKENS


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"sentences": ["a b"]}, TypeError, "list of tokens.*'a b'"),
        ({"sentences": [["a"]], "minimum_count": 0}, ValueError, "minimum_count=0"),
        ({"sentences": [["a"]], "maximum_size": 4}, ValueError, "maximum_size=4"),
    ],
)
def test_from_sentences_refuses(arguments, error, message):
    with pytest.raises(error, match=message):
        Vocabulary.from_sentences(**arguments)


@pytest.mark.parametrize(
    ("tokens", "error", "message"),
    [
        ([], ValueError, "no tokens"),
        ("abc", TypeError, "not one string"),
        ([*SPECIAL_TOKENS, "a", "a"], ValueError, r"unique.*'a' at ids 5 and 6"),
        (["[PAD]", "a"], ValueError, r"Missing: \[UNK\]"),
        ([*SPECIAL_TOKENS, ""], ValueError, "non-empty.*id 5"),
        ([*SPECIAL_TOKENS, "a\nb"], ValueError, "line break"),
        ([*SPECIAL_TOKENS, 7], TypeError, "Received: 7 at id 5"),
        (["a", *SPECIAL_TOKENS], ValueError, "must have id 0.*at id 1"),
    ],
)
def test_constructor_refuses(tokens, error, message):
    with pytest.raises(error, match=message):
        Vocabulary(tokens)


def test_special_tokens_must_differ():
    with pytest.raises(
        ValueError, match=r"differ from each other.*'\[END\]' as start token and as end token"
    ):
        Vocabulary(SPECIAL_TOKENS, start_token="[END]")
    with pytest.raises(ValueError, match=r"'\[PAD\]' as padding token and as separator token"):
        Vocabulary(BERT_SPECIAL_TOKENS, separator_token="[PAD]")


def test_bert_has_roles_of_its_own():
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "a", "cat"])
    assert (vocabulary.classification_id, vocabulary.separator_id, vocabulary.mask_id) == (2, 3, 4)
    assert vocabulary.special_tokens == BERT_SPECIAL_TOKENS
    with pytest.raises(
        AttributeError, match="no start token. It has: padding, unknown, mask, classification"
    ):
        vocabulary.start_id  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'language_id'"):
        vocabulary.language_id  # noqa: B018
    assert WordTokenizer(vocabulary).decode([2, 5, 6, 3, 6, 3, 0]) == "a cat cat"
    assert Vocabulary.from_sentences([["b"]], special_tokens=BERT_SPECIAL_TOKENS).tokens[2:] == (
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "b",
    )


def test_a_decoder_may_start_and_end_with_the_tokens_of_bert():
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "a"], start_token="[CLS]", end_token="[SEP]")
    assert (vocabulary.start_id, vocabulary.end_id) == (2, 3)
    assert WordTokenizer(vocabulary).decode([2, 5, 3, 5]) == "a"
    assert vocabulary != Vocabulary([*BERT_SPECIAL_TOKENS, "a"])
    assert hash(vocabulary) == hash(
        Vocabulary([*BERT_SPECIAL_TOKENS, "a"], start_token="[CLS]", end_token="[SEP]")
    )


def test_a_vocabulary_can_be_copied_and_pickled():
    vocabulary = Vocabulary([*SPECIAL_TOKENS, "a"])
    assert copy.deepcopy(vocabulary) == pickle.loads(pickle.dumps(vocabulary)) == vocabulary


@pytest.mark.parametrize("token_id", [-1, 5, 10**9])
def test_token_of_refuses_ids_outside_the_vocabulary(token_id):
    with pytest.raises(ValueError, match=rf"0\.\.4\. Received: {token_id}"):
        Vocabulary(SPECIAL_TOKENS).token_of(token_id)


def test_save_and_load_keep_every_token(tmp_path):
    # U+2028 and U+0085 end lines for str.splitlines, not in this format.
    vocabulary = Vocabulary([*SPECIAL_TOKENS, "ß", "##猫", "a\u2028b", "\x85", "👩‍🚀", "a b", " "])
    vocabulary.save(tmp_path / "vocabulary.txt")
    assert Vocabulary.load(tmp_path / "vocabulary.txt") == vocabulary
    assert os.listdir(tmp_path) == ["vocabulary.txt"]


def test_load_accepts_other_special_names_and_windows_line_ends(tmp_path):
    path = tmp_path / "vocab.txt"
    path.write_bytes(b"[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n[MASK]\r\nthe")
    vocabulary = Vocabulary.load(path, start_token="[CLS]", end_token="[SEP]")
    assert (vocabulary.start_id, vocabulary.end_id, vocabulary.id_of("the")) == (2, 3, 5)
    with pytest.raises(ValueError, match=r"vocab\.txt holds no usable vocabulary.*Missing: <s>"):
        Vocabulary.load(path, start_token="<s>")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[PAD]\n[UNK]\n\nthe\n", "Line 3 of .* is empty"),
        (b"[PAD]\n[UNK]\n\xff\xfe\n", "Line 3 of .* is not UTF-8"),
        (b"[PAD]\nthe\na\nthe\n", "Line 4 of .* repeats line 2.*'the'"),
        (b"", "no tokens"),
    ],
)
def test_load_names_the_broken_line(tmp_path, content, message):
    path = tmp_path / "vocabulary.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        Vocabulary.load(path)


def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "vocabulary.txt"
    Vocabulary([*SPECIAL_TOKENS, "old"]).save(path)

    def fail(*arguments):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        Vocabulary([*SPECIAL_TOKENS, "new"]).save(path)
    assert Vocabulary.load(path).tokens[-1] == "old"
    assert os.listdir(tmp_path) == ["vocabulary.txt"]
