import keras
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _cosine(a, b):
    # Vectors as long as their largest entry says may have squares beyond what floats hold.
    a = a / ops.max(ops.abs(a), axis=-1, keepdims=True)
    b = b / ops.max(ops.abs(b), axis=-1, keepdims=True)
    lengths = ops.sqrt(ops.sum(a * a, axis=-1)) * ops.sqrt(ops.sum(b * b, axis=-1))
    return ops.sum(a * b, axis=-1) / lengths


def right_1(student_hidden, teacher_hidden, padding_mask):
    real = ops.expand_dims(padding_mask, -1)
    s = ops.where(real, student_hidden, 1.0)
    h = ops.where(real, teacher_hidden, 1.0)
    weight = ops.cast(padding_mask, s.dtype)
    return ops.sum((1.0 - _cosine(s, h)) * weight) / ops.sum(weight)


def right_2(student_hidden, teacher_hidden, padding_mask):
    real = ops.convert_to_numpy(padding_mask).astype(bool)
    s = ops.convert_to_numpy(student_hidden).astype("float64")[real]
    h = ops.convert_to_numpy(teacher_hidden).astype("float64")[real]
    cosine = (s * h).sum(-1) / (np.linalg.norm(s, axis=-1) * np.linalg.norm(h, axis=-1))
    return ops.convert_to_tensor((1 - cosine).mean(), dtype="float32")


def right_3(student_hidden, teacher_hidden, padding_mask):
    """Half the squared distance of two vectors of length 1 is one minus their cosine."""
    real = ops.expand_dims(padding_mask, -1)
    directions = []
    for hidden in (student_hidden, teacher_hidden):
        hidden = ops.where(real, hidden, 1.0)
        hidden = hidden / ops.max(ops.abs(hidden), axis=-1, keepdims=True)
        directions.append(hidden / ops.norm(hidden, axis=-1, keepdims=True))
    distance = ops.sum(ops.square(directions[0] - directions[1]), axis=-1)
    return 0.5 * ops.sum(ops.where(padding_mask, distance, 0.0)) / ops.sum(ops.cast(padding_mask, "float32"))


def right_4(student_hidden, teacher_hidden, padding_mask):
    student, teacher, real = (
        ops.convert_to_numpy(x).tolist() for x in (student_hidden, teacher_hidden, padding_mask)
    )
    total, count = 0.0, 0
    for b, row in enumerate(real):
        for t, is_real in enumerate(row):
            if is_real:
                s, h = student[b][t], teacher[b][t]
                product = sum(x * y for x, y in zip(s, h))
                lengths = sum(x * x for x in s) ** 0.5 * sum(y * y for y in h) ** 0.5
                total += 1 - product / lengths
                count += 1
    return ops.convert_to_tensor(total / count, dtype="float32")


def wrong_1(student_hidden, teacher_hidden, padding_mask):
    """Ignores the mask. Wrong on: any padding."""
    return ops.mean(1.0 - _cosine(student_hidden, teacher_hidden))


def wrong_2(student_hidden, teacher_hidden, padding_mask):
    """Divides by the number of all places. Wrong on: any padding."""
    loss = 1.0 - _cosine(student_hidden, teacher_hidden)
    return ops.mean(loss * ops.cast(padding_mask, "float32"))


def wrong_3(student_hidden, teacher_hidden, padding_mask):
    """A mean for each sentence, then the mean of the sentences. Wrong on: sentences of unequal length."""
    weight = ops.cast(padding_mask, "float32")
    loss = (1.0 - _cosine(student_hidden, teacher_hidden)) * weight
    return ops.mean(ops.sum(loss, axis=1) / ops.maximum(ops.sum(weight, axis=1), 1.0))


def wrong_4(student_hidden, teacher_hidden, padding_mask):
    """Lengths are taken along the sentence, channel by channel. Wrong on: everything but D = T = 1."""
    s = student_hidden / ops.norm(student_hidden, axis=1, keepdims=True)
    h = teacher_hidden / ops.norm(teacher_hidden, axis=1, keepdims=True)
    weight = ops.cast(padding_mask, "float32")
    return ops.sum((1.0 - ops.sum(s * h, axis=-1)) * weight) / ops.sum(weight)


def wrong_5(student_hidden, teacher_hidden, padding_mask):
    """Divides by the squared length of the teacher's vector. Wrong on: vectors of unequal length."""
    product = ops.sum(student_hidden * teacher_hidden, axis=-1)
    cosine = product / ops.sum(ops.square(teacher_hidden), axis=-1)
    weight = ops.cast(padding_mask, "float32")
    return ops.sum((1.0 - cosine) * weight) / ops.sum(weight)


def wrong_6(student_hidden, teacher_hidden, padding_mask):
    """The mean cosine itself, a likeness and no loss. Wrong on: any mean cosine other than 0.5."""
    weight = ops.cast(padding_mask, "float32")
    return ops.sum(_cosine(student_hidden, teacher_hidden) * weight) / ops.sum(weight)


def wrong_7(student_hidden, teacher_hidden, padding_mask):
    """The mask is read as True at padding. Wrong on: everything."""
    weight = 1.0 - ops.cast(padding_mask, "float32")
    loss = 1.0 - _cosine(student_hidden, teacher_hidden)
    return ops.sum(loss * weight) / ops.maximum(ops.sum(weight), 1.0)


def wrong_8(student_hidden, teacher_hidden, padding_mask):
    """Sets the vectors at padding to 0 and then divides by their lengths. Wrong on: any padding (nan)."""
    weight = ops.cast(padding_mask, "float32")
    s = student_hidden * weight[..., None]
    h = teacher_hidden * weight[..., None]
    cosine = ops.sum(s * h, axis=-1) / (ops.norm(s, axis=-1) * ops.norm(h, axis=-1))
    return ops.sum((1.0 - cosine) * weight) / ops.sum(weight)


def wrong_9(student_hidden, teacher_hidden, padding_mask):
    """Zeroed padding has a cosine of 0 and so a loss of 1, which is summed. Wrong on: any padding."""
    weight = ops.cast(padding_mask, "float32")
    cosine = _cosine(student_hidden, teacher_hidden) * weight
    return ops.sum(1.0 - cosine) / ops.sum(weight)


def wrong_10(student_hidden, teacher_hidden, padding_mask):
    """The squared distance of vectors of length 1, which is twice the loss. Wrong on: unequal directions."""
    return 2.0 * right_3(student_hidden, teacher_hidden, padding_mask)


def wrong_11(student_hidden, teacher_hidden, padding_mask):
    """Adds 1e-6 to the product of the lengths. Wrong on: short vectors, of length 0.001 or so."""
    lengths = ops.norm(student_hidden, axis=-1) * ops.norm(teacher_hidden, axis=-1)
    cosine = ops.sum(student_hidden * teacher_hidden, axis=-1) / (lengths + 1e-6)
    weight = ops.cast(padding_mask, "float32")
    return ops.sum((1.0 - cosine) * weight) / ops.sum(weight)


def wrong_12(student_hidden, teacher_hidden, padding_mask):
    """Takes the first n places of a sentence with n real tokens. Wrong on: padding before a real token."""
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=1, keepdims=True)
    first = ops.arange(padding_mask.shape[1], dtype="int32")[None, :] < lengths
    loss = ops.where(first, 1.0 - _cosine(student_hidden, teacher_hidden), 0.0)
    return ops.sum(loss) / ops.cast(ops.sum(lengths), "float32")


def wrong_13(student_hidden, teacher_hidden, padding_mask):
    """The cosine of the sentences' mean vectors. Wrong on: sentences of more than one token."""
    weight = ops.cast(padding_mask, "float32")[..., None]
    count = ops.maximum(ops.sum(weight, axis=1), 1.0)
    s = ops.sum(student_hidden * weight, axis=1) / count
    h = ops.sum(teacher_hidden * weight, axis=1) / count
    cosine = ops.sum(s * h, axis=-1) / (ops.norm(s, axis=-1) * ops.norm(h, axis=-1) + 1e-12)
    return ops.mean(1.0 - cosine)


def wrong_14(student_hidden, teacher_hidden, padding_mask):
    """The cosine's size without its sign. Wrong on: vectors that point away from each other."""
    weight = ops.cast(padding_mask, "float32")
    loss = 1.0 - ops.abs(_cosine(student_hidden, teacher_hidden))
    return ops.sum(loss * weight) / ops.sum(weight)


def wrong_15(student_hidden, teacher_hidden, padding_mask):
    """One cosine of all vectors strung together. Wrong on: several real tokens of unequal lengths."""
    weight = ops.cast(padding_mask, "float32")[..., None]
    s, h = student_hidden * weight, teacher_hidden * weight
    return 1.0 - ops.sum(s * h) / ops.sqrt(ops.sum(s * s) * ops.sum(h * h))


def wrong_16(student_hidden, teacher_hidden, padding_mask):
    """Keras' loss, which is minus the cosine. Wrong on: everything."""
    weight = ops.cast(padding_mask, "float32")
    loss = keras.losses.cosine_similarity(teacher_hidden, student_hidden, axis=-1)
    return ops.sum(loss * weight) / ops.sum(weight)


def wrong_17(student_hidden, teacher_hidden, padding_mask):
    """Lengths are sums of absolute values. Wrong on: vectors with more than one entry other than 0."""
    lengths = ops.sum(ops.abs(student_hidden), axis=-1) * ops.sum(ops.abs(teacher_hidden), axis=-1)
    cosine = ops.sum(student_hidden * teacher_hidden, axis=-1) / lengths
    weight = ops.cast(padding_mask, "float32")
    return ops.sum((1.0 - cosine) * weight) / ops.sum(weight)
