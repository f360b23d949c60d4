import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _divergence(student_logits, teacher_logits, temperature):
    log_p = ops.log_softmax(teacher_logits / temperature, axis=-1)
    log_q = ops.log_softmax(student_logits / temperature, axis=-1)
    return ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)


def _masked_mean(values, is_counted):
    weight = ops.cast(is_counted, values.dtype)
    return ops.sum(values * weight) / ops.maximum(ops.sum(weight), 1.0)


def right_1(student_logits, teacher_logits, is_counted, temperature):
    values = _divergence(student_logits, teacher_logits, temperature)
    return temperature**2 * _masked_mean(values, is_counted)


def right_2(student_logits, teacher_logits, is_counted, temperature):
    counted = ops.convert_to_numpy(is_counted).astype(bool)
    s = ops.convert_to_numpy(student_logits).astype("float64")[counted] / temperature
    t = ops.convert_to_numpy(teacher_logits).astype("float64")[counted] / temperature
    if len(s) == 0:
        return ops.zeros(())
    s = s - s.max(axis=-1, keepdims=True)
    t = t - t.max(axis=-1, keepdims=True)
    log_q = s - np.log(np.exp(s).sum(axis=-1, keepdims=True))
    log_p = t - np.log(np.exp(t).sum(axis=-1, keepdims=True))
    loss = temperature**2 * (np.exp(log_p) * (log_p - log_q)).sum() / len(s)
    return ops.convert_to_tensor(loss, dtype="float32")


def right_3(student_logits, teacher_logits, is_counted, temperature):
    """Where nothing counts, all logits become 0: two equal distributions, which cost nothing."""
    keep = ops.expand_dims(is_counted, -1)
    s = ops.where(keep, student_logits, 0.0) / temperature
    t = ops.where(keep, teacher_logits, 0.0) / temperature
    p = ops.softmax(t, axis=-1)
    normaliser = ops.logsumexp(s, axis=-1) - ops.logsumexp(t, axis=-1)
    total = ops.sum(p * (t - s)) + ops.sum(normaliser)
    count = ops.sum(ops.cast(is_counted, "float32"))
    return ops.where(count > 0, temperature**2 * total / ops.maximum(count, 1.0), 0.0)


def right_4(student_logits, teacher_logits, is_counted, temperature):
    rows = ops.reshape(is_counted, (-1,))
    vocabulary = student_logits.shape[-1]
    s = ops.reshape(student_logits, (-1, vocabulary))
    t = ops.reshape(teacher_logits, (-1, vocabulary))
    total, count = ops.zeros(()), 0
    for k, counts in enumerate(ops.convert_to_numpy(rows)):
        if not counts:
            continue
        log_q = s[k] / temperature - ops.logsumexp(s[k] / temperature)
        log_p = t[k] / temperature - ops.logsumexp(t[k] / temperature)
        total = total + ops.sum(ops.exp(log_p) * (log_p - log_q))
        count += 1
    return total * temperature * temperature / count if count else total


def wrong_1(student_logits, teacher_logits, is_counted, temperature):
    """The factor of the squared temperature is missing. Wrong on: any temperature other than 1."""
    return _masked_mean(_divergence(student_logits, teacher_logits, temperature), is_counted)


def wrong_2(student_logits, teacher_logits, is_counted, temperature):
    """The factor is the temperature, not its square. Wrong on: any temperature other than 1."""
    return temperature * _masked_mean(_divergence(student_logits, teacher_logits, temperature), is_counted)


def wrong_3(student_logits, teacher_logits, is_counted, temperature):
    """The divergence the other way round, weighted with the student. Wrong on: unequal distributions."""
    values = _divergence(teacher_logits, student_logits, temperature)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_4(student_logits, teacher_logits, is_counted, temperature):
    """Cross-entropy: the teacher's entropy is not taken off. Wrong on: any teacher that is not certain."""
    p = ops.softmax(teacher_logits / temperature)
    log_q = ops.log_softmax(student_logits / temperature)
    return temperature**2 * _masked_mean(-ops.sum(p * log_q, axis=-1), is_counted)


def wrong_5(student_logits, teacher_logits, is_counted, temperature):
    """Divides by the number of all places. Wrong on: places that do not count."""
    values = _divergence(student_logits, teacher_logits, temperature)
    values = ops.where(is_counted, values, 0.0)
    return ops.mean(values) * temperature**2


def wrong_6(student_logits, teacher_logits, is_counted, temperature):
    """A mean for each row, then the mean of the rows. Wrong on: rows with unequal numbers of places."""
    weight = ops.cast(is_counted, "float32")
    values = _divergence(student_logits, teacher_logits, temperature) * weight
    rows = ops.sum(values, axis=1) / ops.maximum(ops.sum(weight, axis=1), 1.0)
    return temperature**2 * ops.mean(rows)


def wrong_7(student_logits, teacher_logits, is_counted, temperature):
    """Nothing guards the division. Wrong on: batches where nothing counts (nan)."""
    values = _divergence(student_logits, teacher_logits, temperature)
    weight = ops.cast(is_counted, values.dtype)
    return temperature**2 * ops.sum(values * weight) / ops.sum(weight)


def wrong_8(student_logits, teacher_logits, is_counted, temperature):
    """Guards the division with one more in the count. Wrong on: any batch with few places."""
    values = _divergence(student_logits, teacher_logits, temperature)
    weight = ops.cast(is_counted, values.dtype)
    return temperature**2 * ops.sum(values * weight) / (ops.sum(weight) + 1)


def wrong_9(student_logits, teacher_logits, is_counted, temperature):
    """The logarithm of a softmax that has become 0. Wrong on: large logits (nan or infinite)."""
    p = ops.softmax(teacher_logits / temperature)
    q = ops.softmax(student_logits / temperature)
    values = ops.sum(p * (ops.log(p) - ops.log(q)), axis=-1)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_10(student_logits, teacher_logits, is_counted, temperature):
    """Keeps probabilities above 1e-7. Wrong on: large logits, where the loss should go on growing."""
    p = ops.clip(ops.softmax(teacher_logits / temperature), 1e-7, 1.0)
    q = ops.clip(ops.softmax(student_logits / temperature), 1e-7, 1.0)
    return temperature**2 * _masked_mean(ops.sum(p * ops.log(p / q), axis=-1), is_counted)


def wrong_11(student_logits, teacher_logits, is_counted, temperature):
    """Softens the teacher only. Wrong on: any temperature other than 1."""
    log_p = ops.log_softmax(teacher_logits / temperature)
    log_q = ops.log_softmax(student_logits)
    values = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_12(student_logits, teacher_logits, is_counted, temperature):
    """The softmax goes over the places instead of the words. Wrong on: everything."""
    log_p = ops.log_softmax(teacher_logits / temperature, axis=1)
    log_q = ops.log_softmax(student_logits / temperature, axis=1)
    values = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_13(student_logits, teacher_logits, is_counted, temperature):
    """Counts the places that do not count. Wrong on: any batch in which some place counts."""
    values = _divergence(student_logits, teacher_logits, temperature)
    return temperature**2 * _masked_mean(values, ops.logical_not(is_counted))


def wrong_14(student_logits, teacher_logits, is_counted, temperature):
    """Hard targets: the teacher's best word only. Wrong on: any teacher that is not certain."""
    best = ops.one_hot(ops.argmax(teacher_logits, axis=-1), teacher_logits.shape[-1])
    log_q = ops.log_softmax(student_logits / temperature, axis=-1)
    return temperature**2 * _masked_mean(-ops.sum(best * log_q, axis=-1), is_counted)


def wrong_15(student_logits, teacher_logits, is_counted, temperature):
    """The squared distance of the two distributions. Wrong on: unequal distributions."""
    p = ops.softmax(teacher_logits / temperature)
    q = ops.softmax(student_logits / temperature)
    return temperature**2 * _masked_mean(ops.sum(ops.square(p - q), axis=-1), is_counted)


def wrong_16(student_logits, teacher_logits, is_counted, temperature):
    """The mean over the words, not their sum. Wrong on: unequal distributions."""
    log_p = ops.log_softmax(teacher_logits / temperature)
    log_q = ops.log_softmax(student_logits / temperature)
    values = ops.mean(ops.exp(log_p) * (log_p - log_q), axis=-1)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_17(student_logits, teacher_logits, is_counted, temperature):
    """Multiplies by the temperature, which sharpens. Wrong on: any temperature other than 1."""
    values = _divergence(student_logits * temperature, teacher_logits * temperature, 1.0)
    return temperature**2 * _masked_mean(values, is_counted)


def wrong_18(student_logits, teacher_logits, is_counted, temperature):
    """Powers of e of the logits as they are. Wrong on: logits above about 89 times the temperature."""
    s, t = student_logits / temperature, teacher_logits / temperature
    log_q = s - ops.log(ops.sum(ops.exp(s), axis=-1, keepdims=True))
    log_p = t - ops.log(ops.sum(ops.exp(t), axis=-1, keepdims=True))
    values = ops.sum(ops.exp(log_p) * (log_p - log_q), axis=-1)
    return temperature**2 * _masked_mean(values, is_counted)
