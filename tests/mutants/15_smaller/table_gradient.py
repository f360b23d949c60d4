"""Wrong answers to `table_gradient`, each named after the mistake it makes."""

import keras
from keras import ops


def _logits(hidden, table):
    return ops.matmul(hidden, ops.transpose(table))


def _distributions(student_hidden, teacher_hidden, table, temperature):
    p = ops.softmax(_logits(teacher_hidden, table) / temperature, axis=-1)
    return p, ops.softmax(_logits(student_hidden, table) / temperature, axis=-1)


def _by_hand(student_hidden, teacher_hidden, table, temperature, factor):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return ops.matmul(ops.transpose(factor * (q - p)), student_hidden)


def _gradient(loss, table):
    """Of a loss of the table, by the backend that is set."""
    if keras.backend.backend() == "jax":
        import jax

        return jax.grad(loss)(table)
    if keras.backend.backend() == "torch":
        table = ops.convert_to_tensor(table).detach().requires_grad_()
        loss(table).backward()
        return table.grad
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(table)
        value = loss(table)
    return tape.gradient(value, table)


def _by_tape(student_hidden, teacher_hidden, table, temperature, stopped=(True, False), is_turned=False):
    def loss(table):
        logits = [_logits(hidden, table) for hidden in (teacher_hidden, student_hidden)]
        logits = [
            ops.stop_gradient(a) if is_stopped else a for a, is_stopped in zip(logits, stopped, strict=True)
        ]
        log_p, log_q = (ops.log_softmax(a / temperature, axis=-1) for a in logits)
        if is_turned:
            log_p, log_q = log_q, log_p
        return temperature**2 * ops.mean(ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1))

    return _gradient(loss, table)


def teacher_not_stopped(student_hidden, teacher_hidden, table, temperature):
    return _by_tape(student_hidden, teacher_hidden, table, temperature, stopped=(False, False))


def teacher_alone(student_hidden, teacher_hidden, table, temperature):
    return _by_tape(student_hidden, teacher_hidden, table, temperature, stopped=(False, True))


def wrong_way_round(student_hidden, teacher_hidden, table, temperature):
    return _by_tape(student_hidden, teacher_hidden, table, temperature, is_turned=True)


def square_of_temperature_forgotten(student_hidden, teacher_hidden, table, temperature):
    factor = 1 / temperature / student_hidden.shape[0]
    return _by_hand(student_hidden, teacher_hidden, table, temperature, factor)


def temperature_of_the_softmax_forgotten(student_hidden, teacher_hidden, table, temperature):
    factor = temperature**2 / student_hidden.shape[0]
    return _by_hand(student_hidden, teacher_hidden, table, temperature, factor)


def no_factor(student_hidden, teacher_hidden, table, temperature):
    return _by_hand(student_hidden, teacher_hidden, table, temperature, 1 / student_hidden.shape[0])


def nothing_softened(student_hidden, teacher_hidden, table, temperature):
    factor = temperature / student_hidden.shape[0]
    return _by_hand(student_hidden, teacher_hidden, table, 1.0, factor)


def sign_flipped(student_hidden, teacher_hidden, table, temperature):
    factor = -temperature / student_hidden.shape[0]
    return _by_hand(student_hidden, teacher_hidden, table, temperature, factor)


def sum_not_mean(student_hidden, teacher_hidden, table, temperature):
    return _by_hand(student_hidden, teacher_hidden, table, temperature, temperature)


def mean_over_the_vocabulary(student_hidden, teacher_hidden, table, temperature):
    factor = temperature / student_hidden.shape[0] / table.shape[0]
    return _by_hand(student_hidden, teacher_hidden, table, temperature, factor)


def states_of_the_teacher(student_hidden, teacher_hidden, table, temperature):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    of_logits = temperature * (q - p) / student_hidden.shape[0]
    return ops.matmul(ops.transpose(of_logits), teacher_hidden)


def gradient_of_the_states(student_hidden, teacher_hidden, table, temperature):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return ops.matmul(temperature * (q - p) / student_hidden.shape[0], table)


def gradient_of_the_logits(student_hidden, teacher_hidden, table, temperature):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * (q - p) / student_hidden.shape[0]


def turned(student_hidden, teacher_hidden, table, temperature):
    factor = temperature / student_hidden.shape[0]
    return ops.transpose(_by_hand(student_hidden, teacher_hidden, table, temperature, factor))


def hard_targets(student_hidden, teacher_hidden, table, temperature):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    best = ops.one_hot(ops.argmax(p, axis=-1), table.shape[0])
    of_logits = temperature * (q - best) / student_hidden.shape[0]
    return ops.matmul(ops.transpose(of_logits), student_hidden)
