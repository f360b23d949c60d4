"""Hidden states of a student that point where the teacher's do."""

from keras import ops

from course_lib.objectives.distillation.soft_targets import mean_of_counted
from course_lib.objectives.shapes import shapes_agree


def hidden_cosine_loss(student_hidden, teacher_hidden, padding_mask):
    """One minus the cosine of student's and teacher's vectors, the mean over real tokens.

    `L = Σ_{b,t real} 1 - s_bt · h_bt / (|s_bt| |h_bt|)  /  #real`

    Args:
        student_hidden, teacher_hidden: floats `(B, T, D)`, of any precision and one width. No gradient
            reaches the teacher.
        padding_mask: bools `(B, T)`, `True` at real tokens. What stands at padding means nothing.

    Returns:
        float32 scalar from 0 to 2; a vector of zeros has the cosine 0 with any.

    Raises:
        ValueError: if the shapes do not fit, or the mask holds floats.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import hidden_cosine_loss
        >>> student, teacher = np.array([[[1.0, 1.0], [1.0, 0.0]]]), np.array([[[2.0, 0.0], [-1.0, 0.0]]])
        >>> round(float(hidden_cosine_loss(student, teacher, [[True, False]])), 4)  # 1 - cos 45°
        0.2929

    Reference: Sanh et al. (2019), "DistilBERT", section 3, https://arxiv.org/abs/1910.01108
    """
    student = ops.cast(ops.convert_to_tensor(student_hidden), "float32")
    teacher = ops.cast(ops.stop_gradient(ops.convert_to_tensor(teacher_hidden)), "float32")
    if len(student.shape) != 3 or not shapes_agree(student.shape, teacher.shape):
        raise ValueError(
            "Student and teacher must have hidden states of one shape, (B, T, D). "
            f"Received: student {tuple(student.shape)}, teacher {tuple(teacher.shape)}."
        )
    return mean_of_counted(1.0 - ops.sum(_unit(student) * _unit(teacher), axis=-1), padding_mask)


def _unit(vectors):
    squares = ops.sum(ops.square(vectors), axis=-1, keepdims=True)
    return vectors * ops.rsqrt(ops.maximum(squares, 1e-16))
