"""Wrong answers to `hidden_cosine` beside its mutants."""

from keras import ops


def _cosines(student, teacher):
    return ops.sum(student * teacher, axis=-1) / (ops.norm(student, axis=-1) * ops.norm(teacher, axis=-1))


def _mean(values, mask):
    is_real = ops.cast(mask, "float32")
    return ops.sum(values * is_real) / ops.sum(is_real)


def lengths_forgotten__of_the_teacher(student_hidden, teacher_hidden, padding_mask):
    products = ops.sum(student_hidden * teacher_hidden, axis=-1)
    return _mean(1.0 - products / ops.norm(student_hidden, axis=-1), padding_mask)


def distance_not_direction__summed(student_hidden, teacher_hidden, padding_mask):
    return _mean(ops.sum((student_hidden - teacher_hidden) ** 2, axis=-1), padding_mask)


def padding_costs_one__divided_by_real_tokens(student_hidden, teacher_hidden, padding_mask):
    is_real = ops.cast(padding_mask, "float32")
    return ops.sum(1.0 - is_real * _cosines(student_hidden, teacher_hidden)) / ops.sum(is_real)


def squared(student_hidden, teacher_hidden, padding_mask):
    return _mean((1.0 - _cosines(student_hidden, teacher_hidden)) ** 2, padding_mask)


def without_the_first_token(student_hidden, teacher_hidden, padding_mask):
    is_real = ops.cast(padding_mask, "float32")[:, 1:]
    losses = 1.0 - _cosines(student_hidden, teacher_hidden)[:, 1:]
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1.0)


def absolute(student_hidden, teacher_hidden, padding_mask):
    return _mean(1.0 - ops.abs(_cosines(student_hidden, teacher_hidden)), padding_mask)
