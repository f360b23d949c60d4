"""Share of real tokens predicted right."""

import keras
from keras import ops

from course_lib.objectives.known_labels import known_labels
from course_lib.training.token_losses import PADDING_ID, check_shapes, refuse_sample_weight


@keras.saving.register_keras_serializable(package="course_lib")
class TokenAccuracy(keras.metrics.Metric):
    """Share of real tokens whose highest logit is the label, over all batches together.

    accuracy = #{y ≠ 0 and argmax_v z_v = y} / #{y ≠ 0}

    Counting padding, which is predicted right with ease, is how accuracies above 0.9 come about.

    Args:
        name: name in the history.

    Call arguments:
        y_true: integers (B, T); id 0 is padding.
        y_pred: logits (B, T, V).

    Returns:
        a float32 scalar in [0, 1]; 0 before any token.

    Raises:
        ValueError: on shapes that do not fit, on labels that are floats, on a `sample_weight`, and on a label
            outside the vocabulary; in a compiled program the accuracy is NaN from then on.

    Example:
        >>> import numpy as np
        >>> accuracy = TokenAccuracy()
        >>> logits = np.eye(4, dtype="float32")[[[1, 2, 0, 0]]]
        >>> accuracy.update_state(np.array([[1, 3, 0, 0]]), logits)
        >>> float(accuracy.result())
        0.5

    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(self, name="token_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.num_correct = self.add_variable((), "zeros", dtype="float32", name="num_correct")
        self.num_tokens = self.add_variable((), "zeros", dtype="float32", name="num_tokens")
        self._direction = "up"  # what `EarlyStopping(mode="auto")` reads

    def update_state(self, y_true, y_pred, sample_weight=None):
        refuse_sample_weight(sample_weight)
        labels, logits = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
        check_shapes(labels, logits)
        is_token = ops.not_equal(labels, PADDING_ID)
        labels, is_known = known_labels(labels, logits.shape[-1])
        is_right = ops.equal(ops.cast(ops.argmax(logits, axis=-1), "int32"), labels)
        is_right = ops.cast(ops.logical_and(is_right, is_token), "float32")
        self.num_correct.assign_add(ops.sum(ops.where(is_known, is_right, float("nan"))))
        self.num_tokens.assign_add(ops.sum(ops.cast(is_token, "float32")))

    def result(self):
        return ops.divide_no_nan(self.num_correct, self.num_tokens)
