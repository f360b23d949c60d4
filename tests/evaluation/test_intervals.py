import itertools
import math

import numpy as np
import pytest

from course_lib.evaluation import (
    Interval,
    bleu_from_statistics,
    bleu_statistics,
    bootstrap_interval,
    corpus_bleu,
    paired_bleu_difference,
    paired_bootstrap,
    seed_interval,
    student_t_bound,
)
from course_lib.evaluation.student_t import central_probability


def mean(sums):
    return sums[..., 0] / sums[..., 1]


def with_ones(values):
    return np.stack([values, np.ones(len(values))], axis=1)


def corrupted(generator, sentences, rate):
    return [
        " ".join(word if generator.random() > rate else "x" for word in sentence.split())
        for sentence in sentences
    ]


@pytest.fixture(scope="module")
def corpus():
    generator = np.random.default_rng(5)
    return [" ".join(generator.choice(list("abcdefg"), size=generator.integers(4, 13))) for _ in range(101)]


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9])
def test_bootstrap_of_five_sentences_agrees_with_all_resamples(confidence):
    values = np.array([0.0, 1.0, 2.3, 5.1, 7.0])
    every_mean = np.array([np.mean(resample) for resample in itertools.product(values, repeat=5)])
    interval = bootstrap_interval(mean, with_ones(values), num_resamples=20_000, confidence=confidence)
    tail = (1 - confidence) / 2
    error = 4 * math.sqrt(tail * (1 - tail) / 20_000)
    for outside, inside in ((every_mean, interval.low), (-every_mean, -interval.high)):
        assert np.mean(outside < inside - 1e-9) < tail + error
        assert np.mean(outside < inside + 1e-9) > tail - error


def test_bootstrap_covers_the_truth_as_often_as_it_says():
    generator = np.random.default_rng(0)
    covered = 0
    for trial in range(300):
        draws = (generator.random(197) < 0.3).astype(float)
        interval = bootstrap_interval(mean, with_ones(draws), num_resamples=400, confidence=0.9, seed=trial)
        covered += interval.low <= 0.3 <= interval.high
    assert abs(covered / 300 - 0.9) < 4 * math.sqrt(0.9 * 0.1 / 300)


def test_bootstrap_of_bleu_is_bleu_of_resampled_sentences(corpus):
    hypotheses = corrupted(np.random.default_rng(1), corpus, 0.2)
    interval = bootstrap_interval(
        bleu_from_statistics, bleu_statistics(hypotheses, corpus), num_resamples=50, seed=3
    )
    generator = np.random.default_rng(3)
    scores = []
    for _ in range(50):
        drawn = generator.integers(len(corpus), size=len(corpus))
        scores.append(corpus_bleu([hypotheses[i] for i in drawn], [corpus[i] for i in drawn]))
    assert interval == pytest.approx(tuple(np.quantile(scores, [0.025, 0.975])), abs=1e-9)
    assert interval.low < corpus_bleu(hypotheses, corpus) < interval.high


def test_bootstrap_is_reproducible_and_grows_with_confidence():
    data = with_ones(np.random.default_rng(2).random(53))
    assert bootstrap_interval(mean, data, seed=1) == bootstrap_interval(mean, data, seed=1)
    assert bootstrap_interval(mean, data, seed=1) != bootstrap_interval(mean, data, seed=2)
    narrow, wide = (bootstrap_interval(mean, data, confidence=c) for c in (0.5, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_paired_difference_of_bleu(corpus):
    generator = np.random.default_rng(7)
    second = corrupted(generator, corpus, 0.3)
    # the first system is the second with some words put right: better on every resample
    first = [
        " ".join(
            good if generator.random() < 0.3 else bad for good, bad in zip(r.split(), h.split(), strict=True)
        )
        for r, h in zip(corpus, second, strict=True)
    ]
    result = paired_bleu_difference(first, second, corpus)
    assert result.difference == pytest.approx(
        corpus_bleu(first, corpus) - corpus_bleu(second, corpus), abs=1e-9
    )
    assert result.interval.low < result.difference < result.interval.high
    assert result.interval.low > 0
    assert result.share_won == 1
    unpaired = [
        bootstrap_interval(bleu_from_statistics, bleu_statistics(system, corpus))
        for system in (first, second)
    ]
    paired_width = result.interval.high - result.interval.low
    assert paired_width < math.hypot(*(interval.high - interval.low for interval in unpaired))


def test_paired_difference_changes_sign_with_the_order(corpus):
    generator = np.random.default_rng(8)
    one, two = (corrupted(generator, corpus, 0.2) for _ in range(2))
    forward, backward = paired_bleu_difference(one, two, corpus), paired_bleu_difference(two, one, corpus)
    assert forward.difference == pytest.approx(-backward.difference)
    assert forward.interval == pytest.approx((-backward.interval.high, -backward.interval.low))
    assert forward.share_won + backward.share_won == pytest.approx(1)


def test_a_system_does_not_differ_from_itself(corpus):
    assert paired_bleu_difference(corpus, corpus, corpus) == (0, (0, 0), 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"data": np.empty((0, 2))}, r"Received: shape \(0, 2\)"),
        ({"data": np.ones(5)}, r"shape \(sentences, sums\), not empty. Received: shape \(5,\)"),
        ({"data": np.ones((5, 2)), "num_resamples": 0}, "num_resamples=0"),
        ({"data": np.ones((5, 2)), "confidence": 95}, "confidence=95"),
    ],
)
def test_wrong_bootstrap_arguments_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_interval(mean, **arguments)


def test_systems_on_different_sentences_are_refused():
    with pytest.raises(ValueError, match=r"same sentences. Received: shapes \(5, 2\) and \(4, 2\)"):
        paired_bootstrap(mean, np.ones((5, 2)), np.ones((4, 2)))
    with pytest.raises(ValueError, match="1 hypotheses, 2 references"):
        paired_bleu_difference(["a"], ["a", "b"], ["a", "b"])


def test_student_t_bound_agrees_with_scipy():
    scipy_stats = pytest.importorskip("scipy.stats")
    for degrees_of_freedom in (*range(1, 30), 97, 1000, 1001):
        for confidence in (0.01, 0.5, 0.8, 0.95, 0.99, 0.999):
            expected = scipy_stats.t.ppf((1 + confidence) / 2, degrees_of_freedom)
            assert student_t_bound(confidence, degrees_of_freedom) == pytest.approx(expected, rel=1e-8)
            found = central_probability(expected, degrees_of_freedom)
            assert found == pytest.approx(confidence, abs=1e-10)


def test_student_t_bound_agrees_with_printed_tables():
    printed = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 9: 2.262, 30: 2.042, 120: 1.980}
    for degrees_of_freedom, expected in printed.items():
        assert student_t_bound(0.95, degrees_of_freedom) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.0, 3), "confidence=1.0"),
        ((0.95, 0), "degrees_of_freedom=0"),
        ((0.95, 2.5), "degrees_of_freedom=2.5"),
    ],
)
def test_wrong_student_t_arguments_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        student_t_bound(*arguments)


def test_seed_interval_by_hand():
    # mean 21, s = 1, t = 4.3027, so ± 4.3027 / √3
    assert seed_interval([20, 21, 22]) == pytest.approx((21 - 2.484138, 21 + 2.484138), abs=1e-6)
    assert seed_interval([5.0, 5.0]) == Interval(5.0, 5.0)


def test_seed_interval_covers_the_truth_as_often_as_it_says():
    runs = np.random.default_rng(4).normal(3.0, 2.0, size=(2000, 3))
    intervals = [seed_interval(values) for values in runs]
    share = np.mean([interval.low < 3 < interval.high for interval in intervals])
    assert abs(share - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 2000)


@pytest.mark.parametrize("values", [[], [1.0], [1.0, math.nan], [1.0, math.inf]])
def test_seed_interval_needs_two_finite_values(values):
    with pytest.raises(ValueError, match="two or more finite numbers"):
        seed_interval(values)
