"""Verdict of `table_gradient`: through the student alone, with what the temperature leaves of τ²."""

import numpy as np


def draw(generator):
    """Hidden states (K, D) of both, a table (V, D); temperatures below, at and above 1."""
    cases = []
    for rows, width, words, scale, temperature in (
        (1, 2, 3, 1.0, 2.0),
        (2, 3, 5, 1.0, 0.5),
        (5, 5, 5, 0.7, 3.0),
        (3, 7, 2, 0.5, 1.0),
        (7, 2, 11, 1.0, 5.0),
        (5, 3, 7, 10.0, 2.0),
    ):
        student = generator.normal(0, scale, (rows, width))
        cases.append(
            {
                "student_hidden": student,
                "teacher_hidden": 0.5 * student + generator.normal(0, scale, (rows, width)),
                "table": generator.normal(0, 1, (words, width)),
                "temperature": temperature,
            }
        )
    return cases


def _sizes(case):
    """K, D, V"""
    return *case["student_hidden"].shape, len(case["table"])


CONDITIONS = {
    "one row": lambda case: _sizes(case)[0] == 1,
    "all sizes alike": lambda case: len(set(_sizes(case))) == 1,
    "fewer words than channels": lambda case: _sizes(case)[2] < _sizes(case)[1],
    "more words than channels": lambda case: _sizes(case)[2] > _sizes(case)[1],
    "a temperature of 1": lambda case: case["temperature"] == 1,
    "a temperature above 1": lambda case: case["temperature"] > 1,
    "a temperature below 1": lambda case: case["temperature"] < 1,
    "distributions that are nearly certain": lambda case: np.abs(case["student_hidden"]).max() > 10,
}


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _parts(student_hidden, teacher_hidden, table, temperature):
    log_p = _log_softmax(teacher_hidden @ table.T / temperature)
    return log_p, _log_softmax(student_hidden @ table.T / temperature)


def _of_the_teacher(log_p, log_q):
    """What the teacher's logits would get, times τ / T²: p (log p - log q - KL)."""
    p = np.exp(log_p)
    divergence = (p * (log_p - log_q)).sum(axis=-1, keepdims=True)
    return p * (log_p - log_q - divergence)


def _gradient(
    student=lambda log_p, log_q: np.exp(log_q) - np.exp(log_p),
    teacher=lambda log_p, log_q: np.zeros_like(log_p),
    factor=lambda temperature: temperature,
    divide=lambda rows, words: rows,
    finish=lambda gradient: gradient,
    at=lambda temperature: temperature,
):
    """The answer, with parts exchanged."""

    def answer(student_hidden, teacher_hidden, table, temperature):
        log_p, log_q = _parts(student_hidden, teacher_hidden, table, at(temperature))
        total = student(log_p, log_q).T @ student_hidden + teacher(log_p, log_q).T @ teacher_hidden
        return finish(factor(temperature) * total / divide(len(student_hidden), len(table)))

    return answer


reference = _gradient()


def _none(log_p, log_q):
    return np.zeros_like(log_p)


def _by_teacher_states(student_hidden, teacher_hidden, table, temperature):
    log_p, log_q = _parts(student_hidden, teacher_hidden, table, temperature)
    return temperature * (np.exp(log_q) - np.exp(log_p)).T @ teacher_hidden / len(student_hidden)


def _of_hidden(student_hidden, teacher_hidden, table, temperature):
    log_p, log_q = _parts(student_hidden, teacher_hidden, table, temperature)
    return temperature * (np.exp(log_q) - np.exp(log_p)) @ table / len(student_hidden)


def _of_logits(student_hidden, teacher_hidden, table, temperature):
    log_p, log_q = _parts(student_hidden, teacher_hidden, table, temperature)
    return temperature * (np.exp(log_q) - np.exp(log_p)) / len(student_hidden)


def _hard(log_p, log_q):
    best = log_p.argmax(axis=-1)
    return np.exp(log_q) - np.eye(log_p.shape[-1])[best]


def _reverse(log_p, log_q):
    """The gradient of KL(q, p): q (log q - log p - KL(q, p))."""
    return _of_the_teacher(log_q, log_p)


def _teacher_reversed(log_p, log_q):
    """What the teacher's logits get of KL(q, p): p - q."""
    return np.exp(log_p) - np.exp(log_q)


MISTAKES = {
    "teacher_not_stopped": (
        _gradient(teacher=_of_the_teacher),
        _gradient(teacher=_of_the_teacher, factor=lambda temperature: 1 / temperature),
    ),
    "teacher_alone": _gradient(student=_none, teacher=_of_the_teacher),
    "wrong_way_round": (
        _gradient(student=_reverse),
        _gradient(student=_reverse, teacher=_teacher_reversed),
    ),
    "square_of_temperature_forgotten": _gradient(factor=lambda temperature: 1 / temperature),
    "temperature_of_the_softmax_forgotten": _gradient(factor=lambda temperature: temperature**2),
    "no_factor": _gradient(factor=lambda temperature: 1.0),
    "nothing_softened": (
        _gradient(at=lambda temperature: 1.0),
        _gradient(at=lambda temperature: 1.0, factor=lambda temperature: temperature**2),
        _gradient(at=lambda temperature: 1.0, factor=lambda temperature: 1.0),
    ),
    "sign_flipped": _gradient(finish=lambda gradient: -gradient),
    "sum_not_mean": _gradient(divide=lambda rows, words: 1),
    "mean_over_the_vocabulary": (
        _gradient(divide=lambda rows, words: rows * words),
        _gradient(divide=lambda rows, words: words),
    ),
    "states_of_the_teacher": _by_teacher_states,
    "gradient_of_the_states": _of_hidden,
    "gradient_of_the_logits": _of_logits,
    "turned": _gradient(finish=lambda gradient: gradient.T),
    "hard_targets": _gradient(student=_hard),
}
