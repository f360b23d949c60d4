"""How well replaced tokens are found, beside who always says "real"."""

from typing import NamedTuple

import numpy as np

from course_lib.evaluation.labels.agreement import area_under_curve


class JudgeScores(NamedTuple):
    """What a judge of replaced tokens is worth.

    Attributes:
        loss: float, mean binary cross-entropy in nats.
        accuracy: float, the share judged rightly.
        balanced_accuracy: float, the mean of the shares among the replaced and among the real ones; 0.5 for
            who always says the same.
        area_under_curve: float, the probability that a replaced one scores above a real one.
        always_real: float, the accuracy of who always says "real".
    """

    loss: float
    accuracy: float
    balanced_accuracy: float
    area_under_curve: float
    always_real: float


def judge_scores(probabilities, is_replaced, is_judged, threshold=0.5):
    """Scores a judge over the tokens that are judged.

    Args:
        probabilities: floats, any shape, the probability that a token is replaced: of a discriminator, the
            sigmoid of its logits.
        is_replaced: bools of the same shape.
        is_judged: bools of the same shape, `False` at special tokens and padding.
        threshold: float, above which a token is called replaced.

    Returns:
        `JudgeScores`.

    Raises:
        ValueError: if shapes differ, a probability is none, or real or replaced tokens are missing.

    Example:
        >>> from course_lib.evaluation import judge_scores
        >>> probabilities, truth = [0.9, 0.2, 0.4, 0.1, 0.0], [True, False, True, False, False]
        >>> scores = judge_scores(probabilities, truth, [True, True, True, True, False])
        >>> scores.accuracy, scores.balanced_accuracy, scores.area_under_curve, scores.always_real
        (0.75, 0.75, 1.0, 0.5)

    Reference: Clark et al. (2020), "ELECTRA", https://arxiv.org/abs/2003.10555 (the task)
    Taught in: notebooks/14_electra
    """
    probabilities = np.asarray(probabilities, "float64")
    is_replaced, is_judged = np.asarray(is_replaced, bool), np.asarray(is_judged, bool)
    if not probabilities.shape == is_replaced.shape == is_judged.shape:
        raise ValueError(
            "`probabilities`, `is_replaced` and `is_judged` must have one shape. Received: shapes "
            f"{probabilities.shape}, {is_replaced.shape} and {is_judged.shape}."
        )
    probabilities, truth = probabilities[is_judged], is_replaced[is_judged]
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        wrong = probabilities[~((probabilities >= 0) & (probabilities <= 1))][0]
        raise ValueError(f"A probability must be from 0 to 1. Received: {wrong}.")
    area = area_under_curve(probabilities, truth.astype(int))  # refuses one class alone
    with np.errstate(divide="ignore"):  # who was sure and wrong pays without end
        loss = -np.log(np.where(truth, probabilities, 1 - probabilities)).mean()
    is_right = (probabilities > threshold) == truth
    balanced = (is_right[truth].mean() + is_right[~truth].mean()) / 2
    return JudgeScores(float(loss), float(is_right.mean()), float(balanced), area, float(1 - truth.mean()))
