import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from course_lib.text import normalise, split_words

# What was added or moved since then is outside Hugging Face's tables (Unicode 8) or ours, and not compared.
_OLD = unicodedata.ucd_3_2_0


def hugging_face_words(text, lower_case):
    normalizer = BertNormalizer(lowercase=lower_case)
    return [word for word, _ in BertPreTokenizer().pre_tokenize_str(normalizer.normalize_str(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \t\r\n\u00a0\u2003\u3000\u2028", []),
        ("Straße STRASSE ẞ", ["straße", "strasse", "ß"]),
        ("Ärger über Öl", ["arger", "uber", "ol"]),
        ("L'été, ça coûte 3,50 €!", ["l", "'", "ete", ",", "ca", "coute", "3", ",", "50", "€", "!"]),
        ("我爱Keras。", ["我", "爱", "keras", "。"]),
        ("ねこと猫", ["ねこと", "猫"]),
        ("don't [MASK] t-shirt", ["don", "'", "t", "[", "mask", "]", "t", "-", "shirt"]),
        ("a\u200bb\u200dc\ufeffd\u00ade\x00f\x1cg\x85h\ue000i\ufffdj", ["abcdefghij"]),
        ("👩‍🚀 👍🏽 🇩🇪", ["👩🚀", "👍🏽", "🇩🇪"]),
        ("e\u0301 İ ﬁ Ω ΑΣ", ["e", "i", "ﬁ", "ω", "ασ"]),
        ("≠ ;", ["=", ";"]),
        ("\ud83d lone", ["lone"]),
    ],
)
def test_words_by_hand(text, words):
    assert split_words(text) == words


def test_without_lower_case_letters_and_accents_stay():
    assert split_words("Élan İ 한국 ẞ", lower_case=False) == ["Élan", "İ", "한국", "ẞ"]


@pytest.mark.parametrize("lower_case", [True, False])
def test_every_code_point_settled_since_unicode_3_agrees_with_hugging_face(lower_case):
    different = []
    for code_point in range(sys.maxunicode + 1):
        character = chr(code_point)
        settled = _OLD.category(character)
        if settled in ("Cn", "Cs") or unicodedata.category(character) != settled:
            continue
        text = f"a{character}b"
        if split_words(text, lower_case) != hugging_face_words(text, lower_case):
            different.append(hex(code_point))
    assert different == []


def test_documented_differences_from_hugging_face():
    assert split_words("a\U0002b820b") == ["a", "\U0002b820", "b"]
    assert hugging_face_words("a\U0002b820b", True) == ["a\U0002b820b"]
    assert split_words("a\u2e43b") == ["a", "\u2e43", "b"]
    assert hugging_face_words("a\u2e43b", True) == ["a\u2e43b"]


@given(st.text(), st.booleans())
def test_normalising_twice_changes_nothing(text, lower_case):
    words = split_words(text, lower_case)
    assert split_words(" ".join(words), lower_case) == words


@given(st.lists(st.sampled_from("a\u302e\u302f\u0301\u0323\U0001d165\u200dÉ "), max_size=8).map("".join))
def test_marks_come_in_canonical_order(text):
    normalised = normalise(text)
    assert unicodedata.is_normalized("NFD", normalised)
    assert split_words(text) == hugging_face_words(text, True)
