"""Offsets: what each token was read from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, split_words
from course_lib.text.offsets import words_with_origins

VOCABULARY = Vocabulary(
    [
        *BERT_SPECIAL_TOKENS,
        *"abcdefghijklmnopqrstuvwxyz0123456789.,!?[]猫喜歡",
        *(f"##{c}" for c in "abcdest7."),
    ]
    + ["cat", "##ing", "deja", "mask"]
)
TOKENIZER = WordPieceTokenizer(VOCABULARY, engine="python")

# What NFD, stripping and lowering do to it: texts that tokenizers stumble over.
TEXTS = {
    "accents": ("Déjà", ["Déjà"]),
    "accents apart": ("De\u0301ja\u0300 a", ["De\u0301ja", "a"]),
    "case": ("A CAT", ["A", "CAT"]),
    "Chinese": ("猫喜歡a猫", ["猫", "喜", "歡", "a", "猫"]),
    "a number": ("7.7", ["7", ".", "7"]),
    "an emoji": ("a😀 cat", ["a😀", "cat"]),
    "control characters": ("c\x00a\u200bt\u00ada", ["c\x00a\u200bt", "a"]),
    "spaces": (" \t a\n\u3000cat ", ["a", "cat"]),
    "a long word": ("x" * 101 + " a", ["x" * 101, "a"]),
    "one character to two": ("ﬁ İa", ["ﬁ", "İ", "a"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_tokenizers_stumble_over(name):
    text, parts = TEXTS[name]
    ids, offsets = TOKENIZER.encode_with_offsets(text)
    assert ids == TOKENIZER.encode(text)
    received = [text[start:end] for start, end in offsets]
    assert received == parts


def test_special_tokens_are_kept_whole_on_request():
    text = "a [MASK] cat[SEP]! [mask]"
    keeping = WordPieceTokenizer(VOCABULARY, engine="python", keeps_special_tokens=True)
    tokens = [VOCABULARY.token_of(i) for i in keeping.encode(text)]
    assert tokens == ["a", "[MASK]", "cat", "[SEP]", "!", "[", "mask", "]"]
    assert keeping.encode_batch([text, "a"]) == [keeping.encode(text), keeping.encode("a")]
    ids, offsets = keeping.encode_with_offsets(text)
    assert ids == keeping.encode(text)
    assert [text[a:b] for a, b in offsets] == ["a", "[MASK]", "cat", "[SEP]", "!", "[", "mask", "]"]
    assert VOCABULARY.mask_id not in TOKENIZER.encode(text)


def test_both_engines_agree():
    pytest.importorskip("tensorflow_text")
    compiled = WordPieceTokenizer(VOCABULARY, engine="tensorflow", keeps_special_tokens=True)
    for text, _ in TEXTS.values():
        assert compiled.encode_with_offsets(text) == TOKENIZER.encode_with_offsets(text)
    assert compiled.encode_batch(["a [MASK]"]) == [[VOCABULARY.id_of("a"), VOCABULARY.mask_id]]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.booleans())
def test_words_and_ids_are_those_of_encode(text, lower_case):
    words = words_with_origins(text, lower_case)
    assert [word for word, _ in words] == split_words(text, lower_case)
    tokenizer = WordPieceTokenizer(VOCABULARY, lower_case, engine="python")
    ids, offsets = tokenizer.encode_with_offsets(text)
    assert ids == tokenizer.encode(text)
    starts = [start for start, _ in offsets]
    assert all(0 <= start < end <= len(text) for start, end in offsets)
    if not any(len(word) != len(set(origins)) for word, origins in words):
        assert starts == sorted(starts)


def test_only_a_string_will_do():
    with pytest.raises(TypeError, match="must be a string"):
        TOKENIZER.encode_with_offsets(["a"])
