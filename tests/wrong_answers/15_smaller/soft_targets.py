"""Wrong answers to `soft_targets` beside its mutants."""

from keras import ops


def _logs(student_logits, teacher_logits, temperature):
    log_p = ops.log_softmax(teacher_logits / temperature, axis=-1)
    return log_p, ops.log_softmax(student_logits / temperature, axis=-1)


def _mean(values, is_counted):
    counted = ops.cast(is_counted, "float32")
    return ops.sum(counted * values) / ops.maximum(ops.sum(counted), 1.0)


def wrong_way_round__without_the_square(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = _logs(student_logits, teacher_logits, temperature)
    return _mean(ops.sum(ops.exp(log_q) * (log_q - log_p), axis=-1), is_counted)


def entropy_left_in__without_the_square(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = _logs(student_logits, teacher_logits, temperature)
    return _mean(-ops.sum(ops.exp(log_p) * log_q, axis=-1), is_counted)


def teacher_not_softened__without_the_square(student_logits, teacher_logits, is_counted, temperature):
    log_p, _ = _logs(student_logits, teacher_logits, 1.0)
    _, log_q = _logs(student_logits, teacher_logits, temperature)
    return _mean(ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1), is_counted)


def over_the_places(student_logits, teacher_logits, is_counted, temperature):
    log_p = ops.log_softmax(teacher_logits / temperature, axis=1)
    log_q = ops.log_softmax(student_logits / temperature, axis=1)
    return temperature**2 * _mean(ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1), is_counted)


def in_bits(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = _logs(student_logits, teacher_logits, temperature)
    values = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1) / 0.6931471805599453
    return temperature**2 * _mean(values, is_counted)
