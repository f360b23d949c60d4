import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _distributions(student_hidden, teacher_hidden, table, temperature):
    p = ops.softmax(ops.matmul(teacher_hidden, ops.transpose(table)) / temperature, axis=-1)
    q = ops.softmax(ops.matmul(student_hidden, ops.transpose(table)) / temperature, axis=-1)
    return p, q


def right_1(student_hidden, teacher_hidden, table, temperature):
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / student_hidden.shape[0]


def right_2(student_hidden, teacher_hidden, table, temperature):
    u, h, e = (ops.convert_to_numpy(x).astype("float64") for x in (student_hidden, teacher_hidden, table))

    def soft(logits):
        powers = np.exp((logits - logits.max()) / temperature)
        return powers / powers.sum()

    gradient = np.zeros_like(e)
    for k in range(len(u)):
        gradient += np.outer(soft(e @ u[k]) - soft(e @ h[k]), u[k])
    return ops.convert_to_tensor(gradient * temperature / len(u), dtype="float32")


def right_3(student_hidden, teacher_hidden, table, temperature):
    """Both parts of the gradient by themselves: what is said, and what should be."""
    log_p = ops.log_softmax(ops.einsum("kd,vd->kv", teacher_hidden, table) / temperature)
    log_q = ops.log_softmax(ops.einsum("kd,vd->kv", student_hidden, table) / temperature)
    said = ops.einsum("kv,kd->vd", ops.exp(log_q), student_hidden)
    wanted = ops.einsum("kv,kd->vd", ops.exp(log_p), student_hidden)
    return (said - wanted) * (temperature / student_hidden.shape[0])


def right_4(student_hidden, teacher_hidden, table, temperature):
    """The derivative written out: d log q_v / d s_w is ((1 where v = w) - q_w) / τ."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    words = table.shape[0]
    jacobian = (ops.eye(words)[None] - q[:, None, :]) / temperature
    places = temperature**2 / student_hidden.shape[0]
    logits_gradient = -places * ops.einsum("kv,kvw->kw", p, jacobian)
    return ops.sum(logits_gradient[:, :, None] * student_hidden[:, None, :], axis=0)


def _teacher_part(student_hidden, teacher_hidden, table, temperature):
    log_p = ops.log_softmax(ops.matmul(teacher_hidden, ops.transpose(table)) / temperature)
    log_q = ops.log_softmax(ops.matmul(student_hidden, ops.transpose(table)) / temperature)
    p = ops.exp(log_p)
    loss = ops.sum(p * (log_p - log_q), axis=-1, keepdims=True)
    logits_gradient = temperature * p * (log_p - log_q - loss) / student_hidden.shape[0]
    return ops.matmul(ops.transpose(logits_gradient), teacher_hidden)


def wrong_1(student_hidden, teacher_hidden, table, temperature):
    """The gradient through the teacher's distribution is added. Wrong on: unequal hidden states."""
    args = (student_hidden, teacher_hidden, table, temperature)
    return right_1(*args) + _teacher_part(*args)


def wrong_2(student_hidden, teacher_hidden, table, temperature):
    """The sign is turned round: p - q. Wrong on: unequal hidden states."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(ops.transpose(p - q), student_hidden) / student_hidden.shape[0]


def wrong_3(student_hidden, teacher_hidden, table, temperature):
    """Forgets that the logits are divided by the temperature: τ² is left. Wrong on: τ other than 1."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature**2 * ops.einsum("kv,kd->vd", q - p, student_hidden) / student_hidden.shape[0]


def wrong_4(student_hidden, teacher_hidden, table, temperature):
    """Forgets the factor τ², so that 1 / τ is left. Wrong on: τ other than 1."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return ops.einsum("kv,kd->vd", q - p, student_hidden) / (temperature * student_hidden.shape[0])


def wrong_5(student_hidden, teacher_hidden, table, temperature):
    """The sum over the places, not their mean. Wrong on: K above 1."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden)


def wrong_6(student_hidden, teacher_hidden, table, temperature):
    """Multiplies by the teacher's hidden states. Wrong on: unequal hidden states."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(ops.transpose(q - p), teacher_hidden) / student_hidden.shape[0]


def wrong_7(student_hidden, teacher_hidden, table, temperature):
    """The mean over places and words. Wrong on: V above 1."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    per_logit = temperature * (q - p) / (q.shape[0] * q.shape[1])
    return ops.matmul(ops.transpose(per_logit), student_hidden)


def wrong_8(student_hidden, teacher_hidden, table, temperature):
    """The distributions are not softened. Wrong on: τ other than 1."""
    p, q = _distributions(student_hidden, teacher_hidden, table, 1.0)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / student_hidden.shape[0]


def wrong_9(student_hidden, teacher_hidden, table, temperature):
    """The softmax goes over the places. Wrong on: everything."""
    p = ops.softmax(ops.matmul(teacher_hidden, ops.transpose(table)) / temperature, axis=0)
    q = ops.softmax(ops.matmul(student_hidden, ops.transpose(table)) / temperature, axis=0)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / student_hidden.shape[0]


def wrong_10(student_hidden, teacher_hidden, table, temperature):
    """Only the gradient through the teacher. Wrong on: unequal hidden states."""
    return _teacher_part(student_hidden, teacher_hidden, table, temperature)


def wrong_11(student_hidden, teacher_hidden, table, temperature):
    """Each distribution with its own hidden states: qᵀu - pᵀh. Wrong on: unequal hidden states."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    both = ops.einsum("kv,kd->vd", q, student_hidden) - ops.einsum("kv,kd->vd", p, teacher_hidden)
    return temperature / student_hidden.shape[0] * both


def wrong_12(student_hidden, teacher_hidden, table, temperature):
    """The gradient of the student's hidden states, (K, D). Wrong on: everything (mostly in its shape)."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(q - p, table) / student_hidden.shape[0]


def wrong_13(student_hidden, teacher_hidden, table, temperature):
    """The teacher's best word instead of its distribution. Wrong on: teachers that are not certain."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    p = ops.one_hot(ops.argmax(p, axis=-1), p.shape[-1])
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / student_hidden.shape[0]


def wrong_14(student_hidden, teacher_hidden, table, temperature):
    """Divides by the number of words in place of that of places. Wrong on: K other than V."""
    p, q = _distributions(student_hidden, teacher_hidden, table, temperature)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / table.shape[0]


def wrong_15(student_hidden, teacher_hidden, table, temperature):
    """Softens the student only. Wrong on: τ other than 1."""
    p = ops.softmax(ops.matmul(teacher_hidden, ops.transpose(table)))
    q = ops.softmax(ops.matmul(student_hidden, ops.transpose(table)) / temperature)
    return temperature * ops.matmul(ops.transpose(q - p), student_hidden) / student_hidden.shape[0]


def wrong_16(student_hidden, teacher_hidden, table, temperature):
    """The divergence the other way round, weighted with the student. Wrong on: unequal hidden states."""
    return _teacher_part(teacher_hidden, student_hidden, table, temperature)


def wrong_17(student_hidden, teacher_hidden, table, temperature):
    """Only the teacher's side of the difference, as if q's normaliser were constant. Wrong on: everything."""
    p, _ = _distributions(student_hidden, teacher_hidden, table, temperature)
    return -temperature * ops.matmul(ops.transpose(p), student_hidden) / student_hidden.shape[0]
