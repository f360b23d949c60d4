"""Wrong answers to `table_gradient` beside its mutants."""

import tensorflow as tf
from keras import ops


def _of_logits(student_hidden, teacher_hidden, table, temperature):
    p, q = (
        ops.softmax(ops.matmul(hidden, ops.transpose(table)) / temperature, axis=-1)
        for hidden in (teacher_hidden, student_hidden)
    )
    return p, q


def teacher_not_stopped__and_no_square(student_hidden, teacher_hidden, table, temperature):
    with tf.GradientTape() as tape:
        tape.watch(table)
        log_p, log_q = (
            ops.log_softmax(ops.matmul(hidden, ops.transpose(table)) / temperature, axis=-1)
            for hidden in (teacher_hidden, student_hidden)
        )
        loss = ops.mean(ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1))
    return tape.gradient(loss, table)


def wrong_way_round__through_the_student_alone(student_hidden, teacher_hidden, table, temperature):
    with tf.GradientTape() as tape:
        tape.watch(table)
        teacher = ops.stop_gradient(ops.matmul(teacher_hidden, ops.transpose(table)))
        student = ops.matmul(student_hidden, ops.transpose(table))
        log_p, log_q = (ops.log_softmax(a / temperature, axis=-1) for a in (teacher, student))
        loss = temperature**2 * ops.mean(ops.sum(ops.exp(log_q) * (log_q - log_p), axis=-1))
    return tape.gradient(loss, table)


def student_alone_counts(student_hidden, teacher_hidden, table, temperature):
    _, q = _of_logits(student_hidden, teacher_hidden, table, temperature)
    return ops.matmul(ops.transpose(temperature * q / student_hidden.shape[0]), student_hidden)


def difference_of_states(student_hidden, teacher_hidden, table, temperature):
    p, q = _of_logits(student_hidden, teacher_hidden, table, temperature)
    of_logits = ops.transpose(temperature * (q - p) / student_hidden.shape[0])
    return ops.matmul(of_logits, student_hidden - teacher_hidden)
