import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.evaluation import (
    bleu_from_statistics,
    bleu_signature,
    bleu_statistics,
    corpus_bleu,
    corpus_chrf,
)

HYPOTHESES = [
    "A man is riding a bicycle down the street.",
    "Two dogs play in the snow",
    "the girl, in red, sings",
    "a",
]
REFERENCES = [
    "A man rides a bicycle down the street.",
    "Two brown dogs are playing in the snow.",
    "The girl in red sings a song.",
    "a small boat",
]


def plain_bleu(hypotheses, references):
    """BLEU of space-separated words, from the definition, if every order has a match."""
    precisions = []
    for order in range(1, 5):
        matches = total = 0
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            counts = [
                Counter(tuple(words[k : k + order]) for k in range(len(words) - order + 1))
                for words in (hypothesis.split(), reference.split())
            ]
            matches += sum((counts[0] & counts[1]).values())
            total += sum(counts[0].values())
        precisions.append(matches / total)
    length = sum(len(hypothesis.split()) for hypothesis in hypotheses)
    reference_length = sum(len(reference.split()) for reference in references)
    return 100 * min(1, math.exp(1 - reference_length / length)) * math.prod(precisions) ** 0.25


def test_scores_are_those_of_the_sacrebleu_command():
    # sacrebleu 2.6.0: `sacrebleu REF -i HYP -lc`, without -lc, and `-m chrf --chrf-lowercase`, without
    assert corpus_bleu(HYPOTHESES, REFERENCES) == pytest.approx(32.26849, abs=1e-5)
    assert corpus_bleu(HYPOTHESES, REFERENCES, lowercase=False) == pytest.approx(31.007661, abs=1e-5)
    assert corpus_chrf(HYPOTHESES, REFERENCES) == pytest.approx(52.767315, abs=1e-5)
    assert corpus_chrf(HYPOTHESES, REFERENCES, lowercase=False) == pytest.approx(51.538958, abs=1e-5)


def test_bleu_by_hand():
    # cat/mat: precisions 5/6, 3/5, 2/4, 1/3, equal lengths
    expected = 100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25
    assert corpus_bleu(["the cat sat on the mat"], ["the cat sat on a mat"]) == pytest.approx(expected)
    # all n-grams right, five words of eight: only the brevity penalty
    expected = 100 * math.exp(1 - 8 / 5)
    assert corpus_bleu(["a b c d e"], ["a b c d e f g h"]) == pytest.approx(expected)


def test_bleu_pools_counts_instead_of_averaging_sentences():
    hypotheses, references = ["a b c d", "p q r s t u"], ["a b c d", "p q r s x y"]
    assert corpus_bleu(hypotheses, references) == pytest.approx(plain_bleu(hypotheses, references))
    separate = [corpus_bleu([h], [r]) for h, r in zip(hypotheses, references, strict=True)]
    assert corpus_bleu(hypotheses, references) != pytest.approx(np.mean(separate), abs=1)


def test_chinese_is_split_into_characters():
    hypotheses, references = ["我喜欢看书。"], ["我喜欢读书。"]
    # characters: 5 of 6, bigrams 3 of 5, trigrams 1 of 4, and no 4-gram: ½ of 3
    expected = 100 * (5 / 6 * 3 / 5 * 1 / 4 * 1 / 6) ** 0.25
    assert corpus_bleu(hypotheses, references, tokenize="zh") == pytest.approx(expected)


def test_signature_names_what_matters():
    assert bleu_signature().startswith("nrefs:1|case:lc|eff:no|tok:13a|smooth:exp|version:")
    assert "case:mixed|" in bleu_signature(lowercase=False)
    assert "|tok:zh|" in bleu_signature(tokenize="zh")


def test_nothing_right_scores_zero_and_empty_hypotheses_are_allowed():
    assert corpus_bleu(["x y z w"], ["a b c d"]) == 0
    assert corpus_bleu(["", "a b c d"], ["a", "a b c d"]) == pytest.approx(100 * math.exp(1 - 5 / 4))
    assert corpus_bleu([""], ["a b c d"]) == 0


@pytest.mark.parametrize("function", [corpus_bleu, corpus_chrf, bleu_statistics])
@pytest.mark.parametrize(
    ("hypotheses", "references", "message"),
    [
        ([], [], "`hypotheses` must hold at least one sentence"),
        (["a"], ["a", "b"], "Received: 1 hypotheses, 2 references"),
        ("a", ["a"], "`hypotheses` must be a list of strings"),
        ([["a", "b"]], ["a"], "`hypotheses` must be a list of strings"),
        (["a"], [["a"]], "`references` must be a list of strings"),
    ],
)
def test_wrong_corpora_are_refused(function, hypotheses, references, message):
    with pytest.raises(ValueError, match=message):
        function(hypotheses, references)


words = st.lists(st.sampled_from("abcd"), max_size=9).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(words, words.filter(bool)), min_size=1, max_size=5))
def test_bleu_from_sums_is_sacrebleu(pairs):
    hypotheses, references = map(list, zip(*pairs, strict=True))
    sums = bleu_statistics(hypotheses, references).sum(axis=0)
    assert float(bleu_from_statistics(sums)) == pytest.approx(corpus_bleu(hypotheses, references), abs=1e-9)


def test_bleu_from_many_sums_at_once():
    statistics = bleu_statistics(HYPOTHESES, REFERENCES)
    assert statistics.shape == (4, 10)
    scores = bleu_from_statistics(statistics.reshape(2, 2, 10))
    assert scores.shape == (2, 2)
    for row, index in ((0, (0, 0)), (2, (1, 0))):
        expected = corpus_bleu([HYPOTHESES[row]], [REFERENCES[row]])
        assert scores[index] == pytest.approx(expected, abs=1e-9)


def test_generators_are_read_once_and_whole():
    hypotheses, references = ["a b c d e", "a b"], ["a b c d f", "a b"]
    for function in (corpus_bleu, corpus_chrf):
        assert function(iter(hypotheses), iter(references)) == function(hypotheses, references) > 0
    np.testing.assert_array_equal(
        bleu_statistics(iter(hypotheses), iter(references)), bleu_statistics(hypotheses, references)
    )
    with pytest.raises(ValueError, match="Received: 2 hypotheses, 1 references"):
        corpus_bleu(iter(hypotheses), iter(references[:1]))
