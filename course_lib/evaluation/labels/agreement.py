"""How far numbers and classes agree: correlations, Matthews' coefficient, the area under the curve."""

import numpy as np


def pearson(predicted, gold):
    """Pearson's correlation: how far one number is a line of the other.

    `r = sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)² sum (y - mean y)²)`

    Args:
        predicted, gold: arrays `(n,)`.

    Returns:
        float from -1 to 1; NaN where one of them never changes.

    Raises:
        ValueError: if they differ in length or hold fewer than two numbers.

    Example:
        >>> round(pearson([1, 2, 3], [1, 2, 4]), 4)
        0.982
    """
    predicted, gold = _checked(predicted, gold)
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.corrcoef(predicted, gold)[0, 1])


def spearman(predicted, gold):
    """Spearman's correlation: Pearson's, of the ranks; of equal numbers the mean of their ranks.

    Args, Returns, Raises: as `pearson`.

    Example:
        >>> spearman([1, 10, 100], [1, 2, 3]), round(spearman([1, 1, 2], [1, 2, 3]), 4)
        (1.0, 0.866)

    Taught in: notebooks/11_fine_tuning_sentences
    """
    predicted, gold = _checked(predicted, gold)
    return pearson(_ranks(predicted), _ranks(gold))


def matthews(predicted, gold):
    """Matthews' coefficient of two classes: 0 for whoever always says the same, whatever the shares.

    `(TP TN - FP FN) / sqrt((TP + FP)(TP + FN)(TN + FP)(TN + FN))`

    Args:
        predicted, gold: arrays `(n,)` of 0 and 1.

    Returns:
        float from -1 to 1; 0 where one of them never changes.

    Raises:
        ValueError: if they differ in length, hold fewer than two, or others than 0 and 1.

    Example:
        >>> round(matthews([1, 1, 0, 0], [1, 0, 0, 0]), 4), matthews([1, 1, 1], [1, 0, 1])
        (0.5774, 0.0)

    Reference: Matthews (1975), https://doi.org/10.1016/0005-2795(75)90109-9
    """
    predicted, gold = _checked(predicted, gold)
    _expect_two_classes(predicted, gold)
    correlation = pearson(predicted, gold)
    return 0.0 if np.isnan(correlation) else correlation


def area_under_curve(scores, gold):
    """The probability that a right case scores above a wrong one, equal scores counted half ("ROC-AUC").

    Args:
        scores: array `(n,)`, higher for what is rather held for class 1.
        gold: array `(n,)` of 0 and 1.

    Returns:
        float from 0 to 1; 0.5 for scores that say nothing.

    Raises:
        ValueError: if they differ in length, or one of the two classes is missing.

    Example:
        >>> area_under_curve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
        0.75
    """
    scores, gold = _checked(scores, gold)
    _expect_two_classes(gold)
    positives = int(gold.sum())
    negatives = len(gold) - positives
    if not positives or not negatives:
        raise ValueError(f"`gold` must hold both classes. Received: {positives} of 1, {negatives} of 0.")
    rank_sum = _ranks(scores)[gold == 1].sum()
    return float((rank_sum - positives * (positives + 1) / 2) / (positives * negatives))


def _checked(predicted, gold):
    predicted, gold = (np.asarray(numbers, dtype="float64") for numbers in (predicted, gold))
    if predicted.ndim != 1 or predicted.shape != gold.shape or len(gold) < 2:
        raise ValueError(
            "Expected two arrays of the same length, two numbers at least. "
            f"Received: shapes {predicted.shape} and {gold.shape}."
        )
    return predicted, gold


def _expect_two_classes(*arrays):
    for array in arrays:
        if not np.isin(array, (0, 1)).all():
            raise ValueError(f"Classes must be 0 and 1. Received: {array[~np.isin(array, (0, 1))][0]}.")


def _ranks(numbers):
    """Ranks from 1, of equal numbers their mean."""
    _, inverse, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    last = counts.cumsum()
    return (last - (counts - 1) / 2)[inverse]
