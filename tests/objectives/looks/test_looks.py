"""Losses of several looks: values worked by hand, NumPy in float64, and where their gradients go."""

import numpy as np
import pytest
from support.gradients import finite_differences, gradient

from course_lib.objectives import LooksLoss, ranking_loss

LOGITS = np.random.default_rng(0).normal(size=(5, 3, 7))
LABELS = np.array([3, 0, 6, 2, 2])


def probabilities(logits):
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return (raised / raised.sum(axis=-1, keepdims=True))[np.arange(len(logits)), :, LABELS]


def ranking_in_float64(logits, margin=0.05):
    right = probabilities(logits)
    return np.maximum(0, right[:, :-1] - right[:, 1:] + margin).sum(axis=1).mean()


def test_by_hand():
    logits = np.log([[[0.5, 0.5], [0.6, 0.4]], [[0.2, 0.8], [0.9, 0.1]]])
    # of the first picture 0.5 - 0.6 + 0.05 < 0, of the second, whose class is 1: 0.8 - 0.1 + 0.05
    assert float(ranking_loss(logits, [0, 1])) == pytest.approx(0.75 / 2, rel=1e-5)
    surprise = -np.log([0.5 * 0.6, 0.8 * 0.1]).mean()
    assert float(LooksLoss()([0, 1], logits)) == pytest.approx(surprise + 0.375, rel=1e-5)
    assert float(LooksLoss(ranking_weight=0)([0, 1], logits)) == pytest.approx(surprise, rel=1e-5)
    assert float(LooksLoss(0.0, 2.0)([0, 1], logits)) == pytest.approx(0.75, rel=1e-5)


@pytest.mark.parametrize("margin", [0.0, 0.05, 0.7])
def test_value_and_gradient(margin):
    found = ranking_loss(LOGITS.astype("float32"), LABELS, margin)
    assert float(found) == pytest.approx(ranking_in_float64(LOGITS, margin), rel=1e-5)
    slopes = gradient(lambda logits: ranking_loss(logits, LABELS, margin), LOGITS)
    expected = finite_differences(lambda logits: ranking_in_float64(logits, margin), LOGITS)
    np.testing.assert_allclose(slopes, expected, rtol=1e-3, atol=1e-5)


def test_a_closer_look_that_is_surer_by_the_margin_costs_nothing():
    logits = np.log([[[0.5, 0.5], [0.56, 0.44], [0.9, 0.1]]])
    assert float(ranking_loss(logits, [0])) == 0.0
    assert float(ranking_loss(logits[:, ::-1], [0])) == pytest.approx(0.34 + 0.05 + 0.06 + 0.05, rel=1e-4)


def test_labels_in_a_column_are_labels():
    assert float(ranking_loss(LOGITS, LABELS[:, None])) == float(ranking_loss(LOGITS, LABELS))


def test_a_configuration_makes_the_same_loss():
    loss = LooksLoss(0.5, 2.0, margin=0.1)
    again = LooksLoss.from_config(loss.get_config())
    assert float(again(LABELS, LOGITS)) == float(loss(LABELS, LOGITS))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ranking_loss(LOGITS[:, 0], LABELS), r"\(B, looks, num_classes\) and `labels` \(B,\)"),
        (lambda: ranking_loss(LOGITS, LABELS[:4]), r"Received: .* \(5, 3, 7\), labels of shape \(4,\)"),
        (lambda: ranking_loss(LOGITS[:, :1], LABELS), "takes two of them or more"),
        (lambda: ranking_loss(LOGITS, LABELS, -0.1), "must not be negative. Received: margin=-0.1"),
        (lambda: LooksLoss(-1.0), "must not be negative. Received: class_weight=-1.0"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
