"""Wrong answers to `soft_targets`, each named after the mistake it makes."""

from keras import ops


def _logs(student_logits, teacher_logits, temperature):
    log_p = ops.log_softmax(teacher_logits / temperature, axis=-1)
    return log_p, ops.log_softmax(student_logits / temperature, axis=-1)


def _divergence(log_p, log_q):
    return ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)


def _divergences(student_logits, teacher_logits, temperature):
    return _divergence(*_logs(student_logits, teacher_logits, temperature))


def _mean(values, is_counted):
    counted = ops.cast(is_counted, "float32")
    return ops.sum(counted * values) / ops.maximum(ops.sum(counted), 1.0)


def square_of_temperature_forgotten(student_logits, teacher_logits, is_counted, temperature):
    return _mean(_divergences(student_logits, teacher_logits, temperature), is_counted)


def once_the_temperature(student_logits, teacher_logits, is_counted, temperature):
    return temperature * _mean(_divergences(student_logits, teacher_logits, temperature), is_counted)


def divided_by_the_square(student_logits, teacher_logits, is_counted, temperature):
    return _mean(_divergences(student_logits, teacher_logits, temperature), is_counted) / temperature**2


def teacher_not_softened(student_logits, teacher_logits, is_counted, temperature):
    log_p = ops.log_softmax(teacher_logits, axis=-1)
    log_q = ops.log_softmax(student_logits / temperature, axis=-1)
    return temperature**2 * _mean(_divergence(log_p, log_q), is_counted)


def student_not_softened(student_logits, teacher_logits, is_counted, temperature):
    log_p = ops.log_softmax(teacher_logits / temperature, axis=-1)
    log_q = ops.log_softmax(student_logits, axis=-1)
    return temperature**2 * _mean(_divergence(log_p, log_q), is_counted)


def nothing_softened(student_logits, teacher_logits, is_counted, temperature):
    return temperature**2 * _mean(_divergences(student_logits, teacher_logits, 1.0), is_counted)


def temperature_multiplied(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, 1 / temperature)
    return temperature**2 * _mean(values, is_counted)


def wrong_way_round(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(teacher_logits, student_logits, temperature)
    return temperature**2 * _mean(values, is_counted)


def both_ways(student_logits, teacher_logits, is_counted, temperature):
    one = _divergences(student_logits, teacher_logits, temperature)
    two = _divergences(teacher_logits, student_logits, temperature)
    return temperature**2 * _mean((one + two) / 2, is_counted)


def entropy_left_in(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = _logs(student_logits, teacher_logits, temperature)
    return temperature**2 * _mean(-ops.sum(ops.exp(log_p) * log_q, axis=-1), is_counted)


def hard_targets(student_logits, teacher_logits, is_counted, temperature):
    _, log_q = _logs(student_logits, teacher_logits, temperature)
    best = ops.one_hot(ops.argmax(teacher_logits, axis=-1), teacher_logits.shape[-1])
    return temperature**2 * _mean(-ops.sum(best * log_q, axis=-1), is_counted)


def softmax_twice(student_logits, teacher_logits, is_counted, temperature):
    p, q = (ops.softmax(logits / temperature) for logits in (teacher_logits, student_logits))
    return temperature**2 * _mean(_divergence(ops.log_softmax(p), ops.log_softmax(q)), is_counted)


def mean_over_the_vocabulary(student_logits, teacher_logits, is_counted, temperature):
    log_p, log_q = _logs(student_logits, teacher_logits, temperature)
    return temperature**2 * _mean(ops.mean(ops.exp(log_p) * (log_p - log_q), axis=-1), is_counted)


def all_places_counted(student_logits, teacher_logits, is_counted, temperature):
    return temperature**2 * ops.mean(_divergences(student_logits, teacher_logits, temperature))


def divided_by_all_places(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    return temperature**2 * ops.mean(ops.cast(is_counted, "float32") * values)


def divided_by_sequences(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    sums = ops.sum(ops.cast(is_counted, "float32") * values, axis=1)
    return temperature**2 * ops.mean(sums)


def mask_inverted(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    return temperature**2 * _mean(values, ops.logical_not(is_counted))


def mean_of_means(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    counted = ops.cast(is_counted, "float32")
    means = ops.sum(counted * values, axis=1) / ops.maximum(ops.sum(counted, axis=1), 1.0)
    return temperature**2 * ops.mean(means)


def sum_not_mean(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    return temperature**2 * ops.sum(ops.cast(is_counted, "float32") * values)


def nothing_to_divide_by(student_logits, teacher_logits, is_counted, temperature):
    values = _divergences(student_logits, teacher_logits, temperature)
    counted = ops.cast(is_counted, "float32")
    return temperature**2 * ops.sum(counted * values) / ops.sum(counted)


def sign_flipped(student_logits, teacher_logits, is_counted, temperature):
    return -(temperature**2) * _mean(_divergences(student_logits, teacher_logits, temperature), is_counted)


def logits_compared(student_logits, teacher_logits, is_counted, temperature):
    return _mean(ops.mean((student_logits - teacher_logits) ** 2, axis=-1), is_counted)


def squares_of_probabilities(student_logits, teacher_logits, is_counted, temperature):
    p, q = (ops.softmax(logits / temperature) for logits in (teacher_logits, student_logits))
    return temperature**2 * _mean(ops.sum((p - q) ** 2, axis=-1), is_counted)


def bounded_logarithm(student_logits, teacher_logits, is_counted, temperature):
    p, q = (ops.softmax(logits / temperature) for logits in (teacher_logits, student_logits))
    logs = ops.log(p + 1e-8), ops.log(q + 1e-8)
    return temperature**2 * _mean(ops.sum(ops.exp(logs[0]) * (logs[0] - logs[1]), axis=-1), is_counted)


def overflow(student_logits, teacher_logits, is_counted, temperature):
    p, q = (ops.softmax(logits / temperature) for logits in (teacher_logits, student_logits))
    return temperature**2 * _mean(ops.sum(p * (ops.log(p) - ops.log(q)), axis=-1), is_counted)
