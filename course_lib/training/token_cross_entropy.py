"""The loss that ignores padding."""

import keras
from keras import ops

from course_lib.training.token_losses import losses_over_real_tokens, refuse_sample_weight


@keras.saving.register_keras_serializable(package="course_lib")
class TokenCrossEntropy(keras.losses.Loss):
    """Mean cross-entropy, in nats, over the real tokens of a batch.

    L = Σ_{b,t : y_bt ≠ 0} -Σ_v q(v | y_bt) log softmax(z_bt)_v  /  #{(b, t) : y_bt ≠ 0}

    with q(v | y) = (1 - ε) [v = y] + ε / V. The sum runs over the whole batch before the division, so a
    long sentence weighs more than a short one and padding weighs nothing. A batch of padding alone costs 0.

    Args:
        label_smoothing: ε in [0, 1), the probability spread evenly over the vocabulary.
        name: name shown by Keras.

    Call arguments:
        labels: integers (B, T); id 0 is padding.
        logits: floats (B, T, V), before the softmax; half precision is raised to float32 first.

    Returns:
        a float32 scalar.

    Raises:
        ValueError: on an ε outside [0, 1), on shapes that do not fit, on labels that are floats, and on a
            `sample_weight`, because the labels already say which positions count. On a label outside the
            vocabulary (-100, say, for "ignore") as long as values can be looked at; in a compiled program,
            such as a step of `fit` on TensorFlow and JAX, the loss is NaN.

    Example:
        >>> import numpy as np
        >>> logits = np.log([[[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]]]).astype("float32")
        >>> loss = TokenCrossEntropy()
        >>> round(float(loss(np.array([[2, 0]]), logits)), 4)  # -log 0.7; the second position is padding
        0.3567

    Reference: Szegedy et al. 2016, "Rethinking the Inception Architecture", section 7 (label smoothing);
    Vaswani et al. 2017, "Attention Is All You Need", section 5.4 (ε = 0.1).

    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(self, label_smoothing=0.0, name="token_cross_entropy"):
        super().__init__(name=name)
        if not 0.0 <= label_smoothing < 1.0:
            raise ValueError(
                "`label_smoothing` must be at least 0 and below 1. "
                f"Received: label_smoothing={label_smoothing}."
            )
        self.label_smoothing = label_smoothing

    def __call__(self, y_true, y_pred, sample_weight=None):
        # Replaces Keras's own reduction: it would turn the ids into floats and apply a second mask
        # when the logits carry one.
        refuse_sample_weight(sample_weight)
        return self.call(ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred))

    def call(self, y_true, y_pred):
        losses, is_token = losses_over_real_tokens(y_true, y_pred, self.label_smoothing)
        return ops.divide_no_nan(ops.sum(losses), ops.sum(is_token))

    def get_config(self):
        return {"label_smoothing": self.label_smoothing, "name": self.name}
