"""Right answers to `hidden_cosine` in other styles."""

import numpy as np
from keras import ops


def in_numpy(student_hidden, teacher_hidden, padding_mask):
    mask = np.asarray(padding_mask)
    student, teacher = (np.asarray(h, "float64")[mask] for h in (student_hidden, teacher_hidden))
    lengths = np.linalg.norm(student, axis=-1) * np.linalg.norm(teacher, axis=-1)
    return 1 - ((student * teacher).sum(axis=-1) / lengths).mean()


def unit_vectors(student_hidden, teacher_hidden, padding_mask):
    student, teacher = ops.normalize(student_hidden, axis=-1), ops.normalize(teacher_hidden, axis=-1)
    losses = 1.0 - ops.einsum("btd,btd->bt", student, teacher)
    is_real = ops.cast(padding_mask, "float32")
    return ops.sum(ops.where(padding_mask, losses, 0.0)) / ops.sum(is_real)


def half_a_squared_distance(student_hidden, teacher_hidden, padding_mask):
    units = [
        h / ops.sqrt(ops.sum(ops.square(h), axis=-1, keepdims=True)) for h in (student_hidden, teacher_hidden)
    ]
    losses = 0.5 * ops.sum(ops.square(units[0] - units[1]), axis=-1)
    weights = ops.cast(padding_mask, "float32") / ops.cast(ops.count_nonzero(padding_mask), "float32")
    return ops.sum(weights * losses)


def in_loops(student_hidden, teacher_hidden, padding_mask):
    losses = []
    for b, t in zip(*np.nonzero(np.asarray(padding_mask)), strict=True):
        s, h = (np.asarray(given, "float64")[b, t] for given in (student_hidden, teacher_hidden))
        losses.append(1 - s @ h / (np.sqrt(s @ s) * np.sqrt(h @ h)))
    return sum(losses) / len(losses)
