"""Verdict of `ranking_loss`: what closer looks lack of being surer of the right class."""

import numpy as np


def draw(generator):
    """Logits (B, S, classes), from small to large, and margins from 0 to more than there can be."""
    cases = []
    for batch, looks, classes, scale, margin in (
        (1, 2, 2, 1.0, 0.25),
        (2, 3, 5, 1.0, 0.05),
        (11, 5, 3, 2.0, 0.1),
        (7, 2, 3, 1.0, 0.05),
        (5, 5, 5, 0.3, 0.02),
        (3, 7, 2, 150.0, 0.3),
        (5, 3, 7, 1.0, 0.0),
        (3, 3, 2, 1.0, 1.5),
    ):
        logits = generator.normal(0, scale, (batch, looks, classes))
        labels = generator.integers(0, classes, batch)
        if batch == 1:
            logits[0, :, labels] = logits[0, :, ::-1].max() + np.array([[0.5, 0.0]])  # surer at first
        if batch == 7:  # surer and surer, but for one picture: their sum is below zero
            logits[np.arange(batch), 1, labels] += np.where(np.arange(batch) == 0, -4.0, 4.0)
        if batch == 11:
            labels[0] = (logits[0, 0].argmax() + 1) % classes  # not the likeliest
        cases.append({"logits": logits, "labels": labels, "margin": margin})
    return cases


def _softmax(scores, axis=-1):
    shares = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return shares / shares.sum(axis=axis, keepdims=True)


def _right(values, labels):
    """What stands at the class of each picture, (B, S)."""
    return np.stack([row[:, label] for row, label in zip(values, labels, strict=True)])


def _steps(case):
    right = _right(_softmax(case["logits"].astype("float64")), case["labels"])
    return right[:, :-1] - right[:, 1:]


CONDITIONS = {
    "two looks": lambda case: case["logits"].shape[1] == 2,
    "more than three looks": lambda case: case["logits"].shape[1] > 3,
    "one picture": lambda case: len(case["labels"]) == 1,
    "several classes among the labels": lambda case: len(set(case["labels"].tolist())) > 1,
    "a right class that is not the likeliest": lambda case: (
        case["logits"].argmax(axis=-1) != case["labels"][:, None]
    ).any(),
    "a closer look that is surer by more than the margin": lambda case: (
        _steps(case) < -case["margin"] - 0.01
    ).any(),
    "a closer look that is less sure": lambda case: (_steps(case) > 0.01).any(),
    "no margin": lambda case: case["margin"] == 0,
    "a margin above 1": lambda case: case["margin"] > 1,
    "large logits": lambda case: np.abs(case["logits"]).max() > 90,
    "as many pictures as looks and classes": lambda case: len(set(case["logits"].shape)) == 1,
}


def _hinge(numbers):
    return np.maximum(0, numbers)


def _neighbours(right):
    return right[:, :-1] - right[:, 1:]


def _with(
    values=_softmax,
    pick=_right,
    steps=_neighbours,
    hinge=_hinge,
    added=lambda margin: margin,
    over_looks=lambda numbers: numbers.sum(axis=1),
    over_batch=np.mean,
):
    """The answer with parts exchanged."""

    def answer(logits, labels, margin):
        lacking = hinge(steps(pick(values(logits), labels)) + added(margin))
        return over_batch(over_looks(lacking))

    return answer


reference = _with()


def _all_pairs(right):
    looks = right.shape[1]
    pairs = [(first, second) for second in range(looks) for first in range(second)]
    return np.stack([right[:, first] - right[:, second] for first, second in pairs], axis=1)


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _same(numbers):
    return numbers


def _hinge_of_mean(numbers):
    return max(0.0, numbers.mean())


def _hinge_after(logits, labels, margin):
    """Of the mean over pictures, look by look."""
    steps = _neighbours(_right(_softmax(logits), labels)) + margin
    return _hinge(steps.mean(axis=0)).sum()


MISTAKES = {
    "order_reversed": _with(steps=lambda right: -_neighbours(right)),
    "margin_forgotten": _with(added=lambda margin: 0.0),
    "margin_subtracted": _with(added=lambda margin: -margin),
    "margin_beyond_the_hinge": (
        lambda logits, labels, margin: reference(logits, labels, margin=0.0) + margin,
        lambda logits, labels, margin: reference(logits, labels, margin=0.0) + margin * (logits.shape[1] - 1),
    ),
    "no_hinge": _with(hinge=_same),
    "absolute_in_place_of_hinge": _with(hinge=np.abs),
    "hinge_after_the_sum": (
        _with(hinge=_same, over_looks=lambda numbers: _hinge(numbers.sum(axis=1))),
        _with(hinge=_same, over_looks=lambda numbers: _hinge(numbers.mean(axis=1))),
        _with(hinge=_same, over_batch=_hinge_of_mean),
        _with(hinge=_same, over_looks=lambda numbers: numbers.mean(axis=1), over_batch=_hinge_of_mean),
        _hinge_after,
    ),
    "likeliest_class": _with(pick=lambda values, labels: values.max(axis=-1)),
    "first_label_for_all": _with(pick=lambda values, labels: values[:, :, labels[0]]),
    "logits_compared": _with(values=_same),
    "logarithms_compared": _with(values=_log_softmax),
    "softmax_over_looks": _with(values=lambda logits: _softmax(logits, axis=1)),
    "mean_over_looks": (
        _with(over_looks=lambda numbers: numbers.mean(axis=1)),
        _with(over_looks=lambda numbers: numbers.sum(axis=1) / (numbers.shape[1] + 1)),
    ),
    "sum_over_pictures": _with(over_batch=np.sum),
    "first_and_last_alone": _with(steps=lambda right: right[:, :1] - right[:, -1:]),
    "with_the_first_alone": _with(steps=lambda right: right[:, :1] - right[:, 1:]),
    "all_pairs": _with(steps=_all_pairs),
}
