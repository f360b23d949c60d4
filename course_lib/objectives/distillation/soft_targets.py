"""What a teacher holds probable, as the target of a student."""

from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.objectives.shapes import shapes_agree


def soft_target_loss(student_logits, teacher_logits, is_counted=None, temperature=2.0):
    """How far the student's softened distributions are from the teacher's, in nats times T².

    `p = softmax(teacher / T)`, `q = softmax(student / T)`
    `L = T² · Σ_counted Σ_v p_v (log p_v - log q_v)  /  #counted`

    Its gradient with respect to a student's logit is `T (q_v - p_v)`, and p and q are closer, by 1/T, the
    larger T is: with the factor T² a gradient has about the same size for any T.
    The cross-entropy `-Σ p log q` has the same gradient; this is 0 where the student equals the teacher.

    Args:
        student_logits, teacher_logits: floats `(…, V)`, of any precision. No gradient reaches the teacher.
        is_counted: bools of the shape of the logits without the last axis, `False` at padding and at slots
            that are not used; everything counts if not given.
        temperature: float `T` above 0.

    Returns:
        float32 scalar; 0 where nothing counts.

    Raises:
        ValueError: if the shapes do not fit, the mask holds floats, or `temperature` is not positive.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import soft_target_loss
        >>> teacher = 2.0 * np.log([[0.8, 0.2]])  # softened by T = 2: 0.8 and 0.2
        >>> round(float(soft_target_loss(np.zeros((1, 2)), teacher)), 4)  # 4 (0.8 log 1.6 + 0.2 log 0.4)
        0.771

    Reference: Hinton et al. (2015), section 2, https://arxiv.org/abs/1503.02531; Sanh et al. (2019),
    "DistilBERT", https://arxiv.org/abs/1910.01108
    Taught in: notebooks/15_smaller
    """
    if temperature <= 0:
        raise ValueError(f"`temperature` must be positive. Received: temperature={temperature}.")
    student = ops.cast(ops.convert_to_tensor(student_logits), "float32")
    teacher = ops.cast(ops.stop_gradient(ops.convert_to_tensor(teacher_logits)), "float32")
    if not shapes_agree(student.shape, teacher.shape):
        raise ValueError(
            "Student and teacher must have logits of one shape. "
            f"Received: student {tuple(student.shape)}, teacher {tuple(teacher.shape)}."
        )
    log_p = ops.log_softmax(teacher / temperature, axis=-1)
    log_q = ops.log_softmax(student / temperature, axis=-1)
    divergences = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)
    return temperature**2 * mean_of_counted(divergences, is_counted)


def mean_of_counted(values, is_counted):
    """The mean of the values that count; 0 where none does.

    Args:
        values: floats, any shape.
        is_counted: bools of the same shape, or none if all count.

    Raises:
        ValueError: if the shapes differ, or the mask holds floats.

    Example:
        >>> from keras import ops
        >>> float(mean_of_counted(ops.array([1.0, 3.0, float("nan")]), [True, True, False]))
        2.0
    """
    if is_counted is None:
        return ops.mean(values)
    is_counted = as_mask(is_counted)
    if not shapes_agree(is_counted.shape, values.shape):
        raise ValueError(
            f"What counts must be said for each of the values, of shape {tuple(values.shape)}. "
            f"Received: a mask of shape {tuple(is_counted.shape)}."
        )
    kept = ops.where(is_counted, values, ops.zeros_like(values))
    return ops.divide_no_nan(ops.sum(kept), ops.sum(ops.cast(is_counted, kept.dtype)))
