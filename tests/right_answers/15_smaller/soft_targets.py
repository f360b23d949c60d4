"""Right answers to `soft_targets` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(student_logits, teacher_logits, is_counted, temperature):
    student, teacher = (np.asarray(a, "float64") / temperature for a in (student_logits, teacher_logits))
    counted = np.asarray(is_counted)
    if not counted.any():
        return 0.0
    log_p = teacher - np.logaddexp.reduce(teacher, axis=-1, keepdims=True)
    log_q = student - np.logaddexp.reduce(student, axis=-1, keepdims=True)
    return temperature**2 * (np.exp(log_p) * (log_p - log_q)).sum(axis=-1)[counted].mean()


def cross_entropy_less_entropy(student_logits, teacher_logits, is_counted, temperature):
    s, t = student_logits / temperature, teacher_logits / temperature
    p = ops.softmax(t, axis=-1)
    of_student = ops.logsumexp(s, axis=-1) - ops.sum(p * s, axis=-1)
    of_teacher = ops.logsumexp(t, axis=-1) - ops.sum(p * t, axis=-1)
    counted = ops.cast(is_counted, "float32")
    mean = ops.divide_no_nan(ops.sum(counted * (of_student - of_teacher)), ops.sum(counted))
    return temperature * temperature * mean


def in_loops(student_logits, teacher_logits, is_counted, temperature):
    total, number = 0.0, 0
    student, teacher = np.asarray(student_logits, "float64"), np.asarray(teacher_logits, "float64")
    for place in zip(*np.nonzero(np.asarray(is_counted)), strict=True):
        logs = []
        for logits in (teacher[place] / temperature, student[place] / temperature):
            highest = max(logits)
            logs.append(logits - highest - math.log(sum(math.exp(a - highest) for a in logits)))
        total += sum(math.exp(p) * (p - q) for p, q in zip(*logs, strict=True))
        number += 1
    return temperature**2 * total / max(number, 1)


def with_where(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = (ops.log_softmax(a / temperature) for a in (teacher_logits, student_logits))
    terms = ops.where(is_counted[..., None], ops.exp(log_p) * (log_p - log_q), 0.0)
    number = ops.count_nonzero(is_counted)
    return ops.square(temperature) * ops.sum(terms) / ops.cast(ops.maximum(number, 1), "float32")
