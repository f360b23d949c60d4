import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.text import SPECIAL_TOKENS, WordPieceTokenizer, split_words, train_wordpiece

TEXTS = [
    "low low low low low",
    "lower lower",
    "newest newest newest newest newest newest",
    "widest widest widest",
]


def merges_by_hand(texts, count, minimum_count):
    """Byte-pair merging spelt out, ties by the order in which the pieces were created."""
    words = Counter(tuple(w[:1]) + tuple("##" + c for c in w[1:]) for t in texts for w in split_words(t))
    first = sorted({word[0] for word in words})
    inner = sorted({piece for word in words for piece in word[1:]})
    pieces = first + inner
    while len(pieces) < count:
        pairs = Counter()
        for word, times in words.items():
            for pair in zip(word, word[1:], strict=False):
                pairs[pair] += times
        best = min(pairs, key=lambda pair: (-pairs[pair], pieces.index(pair[0]), pieces.index(pair[1])))
        assert pairs[best] >= minimum_count
        merged = best[0] + best[1].removeprefix("##")
        if merged not in pieces:
            pieces.append(merged)
        new_words = Counter()
        for word, times in words.items():
            out, index = [], 0
            while index < len(word):
                if word[index : index + 2] == best:
                    out.append(merged)
                    index += 2
                else:
                    out.append(word[index])
                    index += 1
            new_words[tuple(out)] += times
        words = new_words
    return pieces


@pytest.mark.parametrize("size", [17, 23, 28])
def test_equals_merging_by_hand(size):
    vocabulary = train_wordpiece(TEXTS, size)
    assert vocabulary.tokens == (*SPECIAL_TOKENS, *merges_by_hand(TEXTS, size - 5, minimum_count=2))


def test_same_vocabulary_in_every_process():
    code = (
        "from course_lib.text import train_wordpiece;"
        "print(train_wordpiece(['die katze saß auf der matte', 'das kätzchen auch, oder?'] * 3, 47).tokens)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (0, 1, 2)
    }
    assert len(outputs) == 1


def test_size_limits_are_named_and_right():
    with pytest.raises(ValueError, match="must be at least 16 .*vocabulary_size=15"):
        train_wordpiece(TEXTS, 15)
    assert len(train_wordpiece(TEXTS, 16)) == 16
    with pytest.raises(ValueError, match=r"must be at most (\d+) .*vocabulary_size=8000") as caught:
        train_wordpiece(TEXTS, 8000)
    most = int(str(caught.value).split("at most ")[1].split()[0])
    assert len(train_wordpiece(TEXTS, most)) == most
    with pytest.raises(ValueError, match=f"at most {most} "):
        train_wordpiece(TEXTS, most + 1)


def test_minimum_count_and_case():
    with pytest.raises(ValueError, match="at most"):
        train_wordpiece(["Ab"], 8)
    assert train_wordpiece(["Ab"], 8, minimum_count=1).tokens[5:] == ("a", "##b", "ab")
    assert train_wordpiece(["Ab"], 8, lower_case=False, minimum_count=1).tokens[5:] == ("A", "##b", "Ab")


def test_special_tokens_come_first_and_give_the_roles():
    names = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[LANGUAGE]")
    vocabulary = train_wordpiece(["ab ab"], 9, special_tokens=names)
    assert vocabulary.tokens == (*names, "a", "##b", "ab")
    assert (vocabulary.classification_id, vocabulary.separator_id) == (2, 3)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("a cat", 50), TypeError, "not one string"),
        (([], 50), ValueError, "at least one word"),
        (([" \u200b"], 50), ValueError, "at least one word"),
        ((["a", 3], 50), TypeError, "Received: 3 of type int at position 1"),
        ((["a"], 50, True, ("[PAD]",)), ValueError, r"begin with '\[PAD\]' and hold '\[UNK\]'"),
        ((["a"], 50, True, SPECIAL_TOKENS, 0), ValueError, "minimum_count=0"),
    ],
)
def test_refuses(arguments, error, message):
    with pytest.raises(error, match=message):
        train_wordpiece(*arguments)


def test_leaves_the_environment_as_it_was(monkeypatch):
    monkeypatch.delenv("TOKENIZERS_PARALLELISM", raising=False)
    train_wordpiece(["ab ab"], 8)
    assert "TOKENIZERS_PARALLELISM" not in os.environ
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "true")
    train_wordpiece(["ab ab"], 8)
    assert os.environ["TOKENIZERS_PARALLELISM"] == "true"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.booleans())
def test_training_texts_hold_no_unknown_token(texts, lower_case):
    words = [word for text in texts for word in split_words(text, lower_case)]
    if not words:
        return
    smallest = 5 + len({word[0] for word in words}) + len({c for word in words for c in word[1:]})
    vocabulary = train_wordpiece(texts, smallest, lower_case)
    tokenizer = WordPieceTokenizer(vocabulary, lower_case, engine="python")
    assert all(vocabulary.unknown_id not in ids for ids in tokenizer.encode_batch(texts))
