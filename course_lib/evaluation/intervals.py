"""How sure a number is: over the test sentences by the bootstrap, over training seeds by Student's t."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from course_lib.evaluation.bleu import bleu_from_statistics, bleu_statistics
from course_lib.evaluation.student_t import student_t_bound

# Maps sums over sentences (…, K) to the corpus statistic (…).
CorpusStatistic = Callable[[np.ndarray], np.ndarray]


class Interval(NamedTuple):
    """A confidence interval."""

    low: float
    high: float


class PairedDifference(NamedTuple):
    """First system minus second: difference, its interval, and the share of resamples the first one wins."""

    difference: float
    interval: Interval
    share_won: float


def _check(data: np.ndarray, num_resamples: int, confidence: float, name: str = "data") -> np.ndarray:
    data = np.asarray(data, dtype=np.float64)
    if data.ndim != 2 or not data.shape[0]:
        raise ValueError(
            f"`{name}` must have shape (sentences, sums), not empty. Received: shape {data.shape}"
        )
    if num_resamples < 1:
        raise ValueError(f"`num_resamples` must be positive. Received: num_resamples={num_resamples}")
    if not 0 < confidence < 1:
        raise ValueError(f"`confidence` must lie between 0 and 1. Received: confidence={confidence}")
    return data


def _resampled_sums(data: np.ndarray, num_resamples: int, seed: int) -> np.ndarray:
    """Sums (num_resamples, K) over as many sentences as there are, drawn with replacement."""
    generator = np.random.default_rng(seed)
    size = len(data)
    sums = np.empty((num_resamples, data.shape[1]))
    for row in sums:
        row[:] = np.bincount(generator.integers(size, size=size), minlength=size) @ data
    return sums


def _percentiles(values: np.ndarray, confidence: float) -> Interval:
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(float(low), float(high))


def bootstrap_interval(
    statistic: CorpusStatistic,
    data: np.ndarray,
    *,
    num_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Interval of a corpus statistic over test sentences: percentiles over resampled test sets.

    The statistic must depend on the sentences through sums alone, as BLEU, perplexity, accuracy and alignment
    error rate do; then a resample costs one product of counts and sums.

    Args:
        statistic: from sums over sentences (…, K) to numbers (…), such as `bleu_from_statistics`.
        data: what each sentence adds to the sums (N, K), such as `bleu_statistics(hypotheses, references)`.
        num_resamples: resampled test sets.
        confidence: the share of resamples inside the interval.
        seed: of the resampling.

    Returns:
        the interval. It tells how the number would vary with other test sentences, not with other training
        runs.

    Raises:
        ValueError: if there is no sentence, or an argument is outside its range.

    Example:
        >>> correct_and_counted = np.array([[1, 1]] * 80 + [[0, 1]] * 20)
        >>> interval = bootstrap_interval(lambda sums: sums[..., 0] / sums[..., 1], correct_and_counted)
        >>> print(f"{interval.low:.2f} {interval.high:.2f}")
        0.72 0.88

        Reference: Efron and Tibshirani, An Introduction to the Bootstrap, 1993.
    Taught in: notebooks/08_the_transformer
    """
    data = _check(data, num_resamples, confidence)
    return _percentiles(statistic(_resampled_sums(data, num_resamples, seed)), confidence)


def paired_bootstrap(
    statistic: CorpusStatistic,
    first: np.ndarray,
    second: np.ndarray,
    *,
    num_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> PairedDifference:
    """Difference of two systems on the same sentences, every resample taken from both at once.

    What makes a sentence hard is hard for both systems and drops out of the difference, so this interval is
    narrower than the two intervals of the systems suggest.

    Args:
        statistic: from sums over sentences (…, K) to numbers (…).
        first: what each sentence adds to the sums for the first system (N, K).
        second: the same sentences, in the same order, for the second system (N, K).
        num_resamples, confidence, seed: as for `bootstrap_interval`.

    Returns:
        difference first - second on the whole test set, its interval, and the share of resamples in which the
        first system is ahead.

    Raises:
        ValueError: if the shapes differ, there is no sentence, or an argument is outside its range.

    Example:
        >>> first, second = np.array([[1, 1]] * 90 + [[0, 1]] * 10), np.array([[1, 1]] * 80 + [[0, 1]] * 20)
        >>> result = paired_bootstrap(lambda sums: sums[..., 0] / sums[..., 1], first, second)
        >>> print(f"{result.difference:.2f} {result.interval.low:.2f} {result.interval.high:.2f}")
        0.10 0.05 0.17

        Reference: Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004.
    """
    first = _check(first, num_resamples, confidence, "first")
    second = _check(second, num_resamples, confidence, "second")
    if first.shape != second.shape:
        raise ValueError(
            "`first` and `second` must be about the same sentences. "
            f"Received: shapes {first.shape} and {second.shape}"
        )
    sums = _resampled_sums(np.hstack([first, second]), num_resamples, seed)
    width = first.shape[1]
    differences = statistic(sums[:, :width]) - statistic(sums[:, width:])
    return PairedDifference(
        float(statistic(first.sum(axis=0)) - statistic(second.sum(axis=0))),
        _percentiles(differences, confidence),
        float(np.mean(differences > 0)),
    )


def paired_bleu_difference(
    first: Iterable[str],
    second: Iterable[str],
    references: Iterable[str],
    *,
    lowercase: bool = True,
    tokenize: str = "13a",
    num_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> PairedDifference:
    """BLEU of the first system minus BLEU of the second, by `paired_bootstrap`.

    Args:
        first, second: the two systems' translations of the same sentences.
        references: one reference for each.
        lowercase, tokenize: as for `corpus_bleu`.
        num_resamples, confidence, seed: as for `bootstrap_interval`.

    Returns:
        the difference in BLEU points, its interval, and the share of resamples in which the first is ahead.

    Raises:
        ValueError: if there is no sentence, or the lists differ in length.

    Example:
        >>> references = ["a b c d e", "f g h i j", "k l m n o"]
        >>> result = paired_bleu_difference(references, ["a b c d x", "f g h i x", "k l m n x"], references)
        >>> print(f"{result.difference:.2f} {result.share_won}")
        33.13 1.0

    Taught in: notebooks/02_sequence_to_sequence
    """
    references = list(references)
    return paired_bootstrap(
        bleu_from_statistics,
        bleu_statistics(first, references, lowercase=lowercase, tokenize=tokenize),
        bleu_statistics(second, references, lowercase=lowercase, tokenize=tokenize),
        num_resamples=num_resamples,
        confidence=confidence,
        seed=seed,
    )


def seed_interval(values: Iterable[float], *, confidence: float = 0.95) -> Interval:
    """Interval of the mean over training runs with different seeds: mean ± t · s / √n.

    t is Student's, with n - 1 degrees of freedom: 12.7 for two runs, 4.3 for three, 2.8 for five.

    Args:
        values: one number a run, two runs or more. To compare two systems trained with the same seeds, give
            the differences.
        confidence: between 0 and 1.

    Returns:
        the interval.

    Raises:
        ValueError: if there are fewer than two values or one is not finite.

    Example:
        >>> interval = seed_interval([20.0, 21.0, 22.0])
        >>> print(f"{interval.low:.3f} {interval.high:.3f}")
        18.516 23.484

    Taught in: notebooks/03_attention.
    """
    values = [float(value) for value in values]
    if len(values) < 2 or not all(map(math.isfinite, values)):
        raise ValueError(f"`values` must be two or more finite numbers. Received: values={values}")
    mean = statistics.fmean(values)
    bound = student_t_bound(confidence, len(values) - 1)
    half_width = bound * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(mean - half_width, mean + half_width)
