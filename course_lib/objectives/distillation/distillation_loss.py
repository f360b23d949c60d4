"""The three losses of a distilled reader."""

from typing import Any, NamedTuple

from keras import ops

from course_lib.objectives.distillation.hidden_cosine import hidden_cosine_loss
from course_lib.objectives.distillation.soft_targets import soft_target_loss
from course_lib.objectives.masked_cross_entropy import masked_cross_entropy


class DistillationLoss(NamedTuple):
    """Float32 scalars: the weighted sum that is minimised, and its three parts before they are weighted."""

    total: Any
    soft_targets: Any
    masked_words: Any
    hidden_cosine: Any


def distillation_loss(
    student, teacher, labels, padding_mask, temperature=2.0, weights=(5.0, 2.0, 1.0), is_counted=None
):
    """Soft targets, hidden words and the direction of hidden states, added.

    `L = w_1 L_soft targets + w_2 L_masked words + w_3 L_hidden cosine`

    Args:
        student, teacher: pairs of logits `(B, M, V)` for the hidden words and hidden states `(B, T, D)`. Only
            the student is trained.
        labels: ints `(B, M)`, the hidden words; 0 in slots that are not used.
        padding_mask: bools `(B, T)`, `True` at real tokens.
        temperature: float above 0, of the soft targets.
        weights: three floats, zero or more; what weighs nothing is left out of the sum.
        is_counted: bools `(B, M)`, where the soft targets count: `labels != 0` if not given. Where M = T, a
            student may learn what its teacher says of every real token: then the padding mask.

    Returns:
        a `DistillationLoss` of (total, soft_targets, masked_words, hidden_cosine).

    Raises:
        ValueError: if shapes do not fit, or a weight is negative.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import distillation_loss
        >>> same = np.zeros((1, 2, 8)), np.ones((1, 3, 4))
        >>> parts = distillation_loss(same, same, [[5, 0]], [[True, True, False]])
        >>> [round(float(part), 4) for part in parts]  # a student like its teacher pays for words alone
        [4.1589, 0.0, 2.0794, 0.0]

    The weights and T = 2 are those of the training commands published with the paper.
    Reference: Sanh et al. (2019), "DistilBERT", section 3, https://arxiv.org/abs/1910.01108
    """
    if len(weights) != 3 or min(weights) < 0:
        raise ValueError(f"`weights` must be three numbers of 0 or more. Received: weights={weights}.")
    if is_counted is None:
        is_counted = ops.not_equal(labels, 0)
    parts = (
        soft_target_loss(student[0], teacher[0], is_counted, temperature),
        masked_cross_entropy(student[0], labels),
        hidden_cosine_loss(student[1], teacher[1], padding_mask),
    )
    total = sum(weight * part for weight, part in zip(weights, parts, strict=True) if weight)
    return DistillationLoss(total, *parts)
