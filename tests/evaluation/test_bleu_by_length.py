import math

import pytest

from course_lib.evaluation import LengthBucket, bleu_by_length, corpus_bleu

HYPOTHESES = ["a b c d", "e f g h x", "a b c d e f", "k l m n o p q"]
REFERENCES = ["a b c d", "e f g h i", "a b c d e g", "k l m n o p q"]
LENGTHS = [3, 5, 5, 9]


def test_each_bucket_is_a_corpus_of_its_own():
    buckets = bleu_by_length(HYPOTHESES, REFERENCES, LENGTHS, [3, 5, 9, math.inf])
    assert buckets == [
        LengthBucket(3, 5, 1, pytest.approx(100)),
        LengthBucket(5, 9, 2, pytest.approx(corpus_bleu(HYPOTHESES[1:3], REFERENCES[1:3]))),
        LengthBucket(9, math.inf, 1, pytest.approx(100)),
    ]
    # both sentences of the middle bucket: 9 of 11 words, 7 of 9, 5 of 7, 3 of 5 n-grams
    assert buckets[1].bleu == pytest.approx(100 * (9 / 11 * 7 / 9 * 5 / 7 * 3 / 5) ** 0.25)


def test_one_bucket_is_the_whole_corpus():
    (bucket,) = bleu_by_length(HYPOTHESES, REFERENCES, LENGTHS, [0, 100])
    assert bucket == LengthBucket(0, 100, 4, pytest.approx(corpus_bleu(HYPOTHESES, REFERENCES)))


def test_empty_bucket_has_no_score():
    buckets = bleu_by_length(HYPOTHESES, REFERENCES, LENGTHS, [3, 6, 8, 10])
    assert [bucket.count for bucket in buckets] == [3, 0, 1]
    assert math.isnan(buckets[1].bleu)


def test_options_reach_the_score():
    (bucket,) = bleu_by_length(["A B C D"], ["a b c d"], [4], [4, 5], lowercase=False)
    assert bucket.bleu == 0


@pytest.mark.parametrize(
    ("lengths", "edges", "message"),
    [
        ([3, 5, 5], [3, 10], r"one number a sentence. Received: shape \(3,\) for 4 sentences"),
        (LENGTHS, [3], "two or more increasing numbers"),
        (LENGTHS, [3, 3, 10], "two or more increasing numbers"),
        (LENGTHS, [10, 3], "two or more increasing numbers"),
        (
            LENGTHS,
            [4, 10],
            r"must enclose every source length. Received: edges=\[4, 10\], lengths from 3 to 9",
        ),
        (LENGTHS, [3, 9], "must enclose every source length"),
    ],
)
def test_wrong_arguments_are_refused(lengths, edges, message):
    with pytest.raises(ValueError, match=message):
        bleu_by_length(HYPOTHESES, REFERENCES, lengths, edges)


def test_mismatched_references_are_refused():
    with pytest.raises(ValueError, match="4 hypotheses, 3 references"):
        bleu_by_length(HYPOTHESES, REFERENCES[:3], LENGTHS, [3, 10])
