"""Verdict of `soft_targets`: both softened alike, the divergence from the teacher, a mean of what counts."""

import numpy as np


def draw(generator):
    """Logits (B, M, V) near and far from zero; places that count and such that do not; temperatures."""
    cases = []
    for batch, places, words, scale, temperature in (
        (1, 2, 3, 2.0, 2.0),
        (2, 5, 3, 2.0, 0.5),
        (3, 5, 7, 3.0, 3.0),
        (5, 2, 11, 2.0, 1.0),
        (5, 5, 5, 4.0, 7.0),
        (3, 7, 5, 300.0, 2.0),
    ):
        counted = generator.random((batch, places)) < 0.6
        counted[0, 0], counted[-1, -1] = True, False
        if batch > 2:
            counted[0], counted[1], counted[2, :2] = True, False, (False, True)
        cases.append(
            {
                "student_logits": generator.normal(0, scale, (batch, places, words)),
                "teacher_logits": generator.normal(0, scale, (batch, places, words)),
                "is_counted": counted,
                "temperature": temperature,
            }
        )
    cases[-1]["student_logits"][0, 0, 0] = 900.0  # exp(900) leaves float64
    nothing = {name: value for name, value in cases[1].items() if name != "is_counted"}
    everything = {**cases[2], "is_counted": np.ones((3, 5), bool), "temperature": 1.5}
    return [*cases, {**nothing, "is_counted": np.zeros((2, 5), bool)}, everything]


def _counts(case):
    return case["is_counted"].sum(axis=1)


CONDITIONS = {
    "a place that does not count in front of one that does": lambda case: (
        ~case["is_counted"][:, 0] & case["is_counted"].any(axis=1)
    ).any(),
    "a sequence where nothing counts": lambda case: case["is_counted"].any() and (_counts(case) == 0).any(),
    "a batch where nothing counts": lambda case: not case["is_counted"].any(),
    "a batch where everything counts": lambda case: case["is_counted"].all(),
    "sequences with different numbers of places": lambda case: len(set(_counts(case)[_counts(case) > 0])) > 1,
    "a temperature of 1": lambda case: case["temperature"] == 1,
    "a temperature above 1": lambda case: case["temperature"] > 1,
    "a temperature below 1": lambda case: case["temperature"] < 1,
    "logits beyond 709": lambda case: np.abs(case["student_logits"]).max() > 709,
}


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _softmax(logits):
    return np.exp(_log_softmax(logits))


def _divergence(log_p, log_q):
    """Teacher p against student q; (B, M)"""
    return (np.exp(log_p) * (log_p - log_q)).sum(axis=-1)


def _mean(values, counted):
    return values[counted].sum() / max(counted.sum(), 1)


def _loss(
    factor=lambda temperature: temperature**2,
    teacher_at=lambda temperature: temperature,
    student_at=lambda temperature: temperature,
    teacher=_log_softmax,
    student=_log_softmax,
    compare=_divergence,
    average=_mean,
):
    """The answer, with parts exchanged."""

    def answer(student_logits, teacher_logits, is_counted, temperature):
        log_p = teacher(teacher_logits / teacher_at(temperature))
        log_q = student(student_logits / student_at(temperature))
        return factor(temperature) * average(compare(log_p, log_q), is_counted)

    return answer


reference = _loss()


def _one(temperature):
    return 1.0


def _inverse(temperature):
    return 1 / temperature


def _sequence_means(values, counted):
    return ((values * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)).mean()


def _used_sequence_means(values, counted):
    rows = counted.any(axis=1)
    if not rows.any():
        return 0.0
    return ((values * counted)[rows].sum(axis=1) / counted[rows].sum(axis=1)).mean()


def _by_one_softmax_more(logits):
    return _log_softmax(_softmax(logits))


def _added(amount):
    return lambda logits: np.log(_softmax(logits) + amount)


def _clipped(least):
    return lambda logits: np.log(np.clip(_softmax(logits), least, 1.0))


def _squares(log_p, log_q):
    return ((np.exp(log_p) - np.exp(log_q)) ** 2).sum(axis=-1)


def _logits_compared(student_logits, teacher_logits, is_counted, temperature):
    squares = ((student_logits - teacher_logits) ** 2).mean(axis=-1)
    return _mean(squares, is_counted)


def _hard(student_logits, teacher_logits, is_counted, temperature):
    log_q = _log_softmax(student_logits / temperature)
    best = teacher_logits.argmax(axis=-1)[..., None]
    return temperature**2 * _mean(-np.take_along_axis(log_q, best, axis=-1)[..., 0], is_counted)


def _with_few(value):
    """The right loss, but where nothing counts."""

    def answer(**case):
        return reference(**case) if case["is_counted"].any() else value

    return answer


def overflows(arguments, received, expected):
    """NaN or infinity, and only where `exp` of a logit leaves float32, or a probability vanishes in it."""
    logits = (arguments["student_logits"], arguments["teacher_logits"])
    is_far = max(np.abs(values).max() for values in logits) / arguments["temperature"] > 40
    return is_far and not np.isfinite(np.asarray(received, "float64")).all()


MISTAKES = {
    "square_of_temperature_forgotten": _loss(factor=_one),
    "once_the_temperature": _loss(factor=lambda temperature: temperature),
    "divided_by_the_square": _loss(factor=lambda temperature: temperature**-2),
    "teacher_not_softened": (_loss(teacher_at=_one), _loss(teacher_at=_one, factor=_one)),
    "student_not_softened": (_loss(student_at=_one), _loss(student_at=_one, factor=_one)),
    "nothing_softened": (_loss(teacher_at=_one, student_at=_one), _loss(_one, _one, _one)),
    "temperature_multiplied": (_loss(teacher_at=_inverse, student_at=_inverse),),
    "wrong_way_round": (
        _loss(compare=lambda log_p, log_q: _divergence(log_q, log_p)),
        _loss(_one, compare=lambda log_p, log_q: _divergence(log_q, log_p)),
    ),
    "both_ways": (
        _loss(compare=lambda p, q: (_divergence(p, q) + _divergence(q, p)) / 2),
        _loss(compare=lambda p, q: _divergence(p, q) + _divergence(q, p)),
    ),
    "entropy_left_in": (
        _loss(compare=lambda log_p, log_q: -(np.exp(log_p) * log_q).sum(axis=-1)),
        _loss(_one, compare=lambda log_p, log_q: -(np.exp(log_p) * log_q).sum(axis=-1)),
    ),
    "hard_targets": _hard,
    "softmax_twice": (
        _loss(teacher=_by_one_softmax_more, student=_by_one_softmax_more),
        _loss(student=_by_one_softmax_more),
        _loss(teacher=_by_one_softmax_more),
    ),
    "mean_over_the_vocabulary": (
        _loss(compare=lambda log_p, log_q: _divergence(log_p, log_q) / log_p.shape[-1]),
    ),
    "all_places_counted": _loss(average=lambda values, counted: values.mean()),
    "divided_by_all_places": _loss(average=lambda values, counted: (values * counted).mean()),
    "divided_by_sequences": _loss(average=lambda values, counted: (values * counted).sum() / len(values)),
    "mask_inverted": _loss(average=lambda values, counted: _mean(values, ~counted)),
    "mean_of_means": (_loss(average=_sequence_means), _loss(average=_used_sequence_means)),
    "sum_not_mean": _loss(average=lambda values, counted: (values * counted).sum()),
    "nothing_to_divide_by": _with_few(np.nan),
    "sign_flipped": (_loss(compare=lambda log_p, log_q: -_divergence(log_p, log_q)),),
    "logits_compared": _logits_compared,
    "squares_of_probabilities": (_loss(compare=_squares), _loss(_one, compare=_squares)),
    "bounded_logarithm": (
        *(_loss(teacher=_added(10.0**-n), student=_added(10.0**-n)) for n in (5, 6, 7, 8, 9, 10, 12)),
        *(_loss(teacher=_clipped(10.0**-n), student=_clipped(10.0**-n)) for n in (5, 6, 7, 8, 9, 10, 12)),
        *(_loss(student=_added(10.0**-n)) for n in (5, 6, 7, 8, 9, 10, 12)),
    ),
}
SYMPTOMS = {"overflow": overflows}
