"""Perplexity over every token seen."""

import keras
from keras import ops

from course_lib.training.token_losses import losses_over_real_tokens, refuse_sample_weight


@keras.saving.register_keras_serializable(package="course_lib")
class Perplexity(keras.metrics.Metric):
    """exp of the mean negative log-likelihood of a token, over all batches together.

    PPL = exp( Σ_{y ≠ 0} -log softmax(z)_y  /  #{y ≠ 0} )

    Nats and tokens are added up separately and divided once, so the value does not depend on how the
    corpus was cut into batches; the mean of the batches' perplexities would. Never smoothed.

    Args:
        name: name in the history.

    Call arguments:
        y_true: integers (B, T); id 0 is padding.
        y_pred: logits (B, T, V).

    Returns:
        a float32 scalar of at least 1; a uniform guess over V words gives V. Before any token: 1.

    Raises:
        ValueError: on shapes that do not fit, on labels that are floats, on a `sample_weight`, and on a label
            outside the vocabulary; in a compiled program the perplexity is NaN from then on.

    Example:
        >>> import numpy as np
        >>> perplexity = Perplexity()
        >>> perplexity.update_state(np.array([[1, 2, 0]]), np.zeros((1, 3, 50), "float32"))
        >>> round(float(perplexity.result()), 2)
        50.0

    Taught in: notebooks/01_language_models
    """

    def __init__(self, name="perplexity", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total_nats = self.add_variable((), "zeros", dtype="float32", name="total_nats")
        self.num_tokens = self.add_variable((), "zeros", dtype="float32", name="num_tokens")
        self._direction = "down"  # what `EarlyStopping(mode="auto")` reads

    def update_state(self, y_true, y_pred, sample_weight=None):
        refuse_sample_weight(sample_weight)
        losses, is_token = losses_over_real_tokens(
            ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
        )
        self.total_nats.assign_add(ops.sum(losses))
        self.num_tokens.assign_add(ops.sum(is_token))

    def result(self):
        return ops.exp(ops.divide_no_nan(self.total_nats, self.num_tokens))
