"""What a network that looks more than once is trained by."""

import keras
from keras import ops

from course_lib.objectives.looks.ranking_loss import check_looks, ranking_loss, right_of_class


@keras.saving.register_keras_serializable("course_lib")
class LooksLoss(keras.losses.Loss):
    """Every look is to name the class, and the closer one is to be surer of it.

    `L = w_classes mean_b sum_s -log p[b, s] + w_ranking L_ranking`, with `ranking_loss` as the last

    In the paper readers and proposals are trained in turn, with the first term and with the second.

    Args:
        class_weight: float `w_classes`, 0 or more.
        ranking_weight: float `w_ranking`, 0 or more.
        margin: float, of the ranking.

    Call arguments:
        y_true: ints `(B,)`, the classes.
        y_pred: logits `(B, looks, num_classes)`.

    Returns:
        float32 scalar.

    Raises:
        ValueError: if a weight is negative, or the shapes do not fit.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import LooksLoss
        >>> logits = np.zeros((5, 2, 4), "float32")
        >>> round(float(LooksLoss()(np.zeros(5, int), logits)), 4)  # 2 log 4, and the margin
        2.8226

    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, class_weight=1.0, ranking_weight=1.0, margin=0.05, name="looks_loss", **kwargs):
        super().__init__(name=name, **kwargs)
        if min(class_weight, ranking_weight) < 0:
            raise ValueError(
                "Weights must not be negative. "
                f"Received: class_weight={class_weight}, ranking_weight={ranking_weight}."
            )
        self.class_weight = class_weight
        self.ranking_weight = ranking_weight
        self.margin = margin

    def call(self, y_true, y_pred):
        logits, labels = check_looks(y_pred, y_true)
        surprise = -right_of_class(ops.log_softmax(logits, axis=-1), labels)  # (B, looks)
        loss = self.class_weight * ops.mean(ops.sum(surprise, axis=-1))
        if self.ranking_weight:
            loss = loss + self.ranking_weight * ranking_loss(logits, labels, self.margin)
        return loss

    def get_config(self):
        return {
            **super().get_config(),
            "class_weight": self.class_weight,
            "ranking_weight": self.ranking_weight,
            "margin": self.margin,
        }
