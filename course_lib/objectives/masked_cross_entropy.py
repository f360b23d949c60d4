"""The loss of hidden words."""

import numpy as np
from keras import ops

from course_lib.objectives.known_labels import known_labels
from course_lib.objectives.shapes import shapes_agree


def masked_cross_entropy(logits, labels):
    """Mean cross-entropy, in nats, over the slots that are used.

    `L = Σ_{b,m : y_bm ≠ 0} -log softmax(z_bm)[y_bm]  /  #{(b, m) : y_bm ≠ 0}`

    the sum over the whole batch before the division. `TokenCrossEntropy` is the same as a loss of Keras.

    Args:
        logits: floats `(B, M, V)`, of any precision.
        labels: ints `(B, M)`, 0 in slots that are not used.

    Returns:
        float32 scalar; 0 where no slot is used.

    Raises:
        ValueError: if the shapes do not fit, labels are floats, or one is outside the vocabulary (-100, say,
            for "ignore") as long as values can be looked at; in a compiled program the loss is NaN.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import masked_cross_entropy
        >>> logits = np.log([[[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]]])
        >>> round(float(masked_cross_entropy(logits, [[2, 0]])), 4)  # -log 0.7
        0.3567

    Taught in: notebooks/14_electra
    """
    logits = ops.cast(ops.convert_to_tensor(logits), "float32")
    labels = ops.convert_to_tensor(labels)
    if len(logits.shape) != 3 or not shapes_agree(labels.shape, logits.shape[:2]):
        raise ValueError(
            "Expected logits (B, M, V) and labels (B, M). "
            f"Received: logits {tuple(logits.shape)}, labels {tuple(labels.shape)}."
        )
    is_used = ops.not_equal(labels, 0)
    labels, is_known = known_labels(labels, logits.shape[-1])
    at_label = ops.squeeze(ops.take_along_axis(logits, ops.expand_dims(labels, -1), axis=-1), -1)
    losses = ops.logsumexp(logits, axis=-1) - at_label
    losses = ops.where(is_known, ops.where(is_used, losses, ops.zeros_like(losses)), np.nan)
    return ops.divide_no_nan(ops.sum(losses), ops.sum(ops.cast(is_used, "float32")))
