"""Verdict of `softmax_jacobian`: how weights move with scores."""

import numpy as np


def draw(generator):
    """Scores (B, S), from nearly equal to apart; far apart, 1 - w loses its digits in float32."""
    shapes = ((2, 3), (2, 5), (5, 2), (3, 7), (2, 11), (3, 3), (1, 5))
    scales = (1.0, 0.1, 1.0, 0.5, 2.0, 1.0, 1.0)
    cases = [
        {"scores": generator.normal(0, scale, shape)} for shape, scale in zip(shapes, scales, strict=True)
    ]
    cases[2]["scores"][0] = generator.normal()  # two scores alike
    cases[3]["scores"] -= 30
    return cases


CONDITIONS = {
    "as many rows as scores": lambda case: len({*case["scores"].shape}) == 1,
    "one row": lambda case: len(case["scores"]) == 1,
    "scores that are alike": lambda case: (np.ptp(case["scores"], axis=-1) == 0).any(),
    "negative scores alone": lambda case: (case["scores"] < 0).all(),
    "scores of both signs": lambda case: (case["scores"] < 0).any() and (case["scores"] > 0).any(),
    "two scores": lambda case: case["scores"].shape[1] == 2,
}


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _diagonal(weights):
    return weights[:, :, None] * np.eye(weights.shape[-1])


def _outer(weights):
    return weights[:, :, None] * weights[:, None, :]


def reference(scores):
    weights = _softmax(scores)
    return _diagonal(weights) - _outer(weights)


def _diagonal_only(scores):
    weights = _softmax(scores)
    return _diagonal(weights * (1 - weights))


def _diagonal_only_as_vectors(scores):
    weights = _softmax(scores)
    return weights * (1 - weights)


def _sign_flipped(scores):
    return -reference(scores)


def _plus_for_minus(scores):
    weights = _softmax(scores)
    return _diagonal(weights) + _outer(weights)


def _plus_off_the_diagonal(scores):
    return np.abs(reference(scores))


def _diagonal_of_ones(scores):
    return np.eye(scores.shape[-1]) - _outer(_softmax(scores))


def _of_log_softmax(scores):
    return np.eye(scores.shape[-1]) - _softmax(scores)[:, None, :]


def _softmax_forgotten(scores):
    return _diagonal(scores) - _outer(scores)


def _wrong_axis(scores):
    weights = _softmax(scores, axis=0)
    return _diagonal(weights) - _outer(weights)


def _outer_product_only(scores):
    return -_outer(_softmax(scores))


MISTAKES = {
    "diagonal_only": (_diagonal_only, _diagonal_only_as_vectors),
    "sign_flipped": _sign_flipped,
    "plus_for_minus": (_plus_for_minus, _plus_off_the_diagonal),
    "diagonal_of_ones": _diagonal_of_ones,
    "of_log_softmax": _of_log_softmax,
    "softmax_forgotten": _softmax_forgotten,
    "wrong_axis": _wrong_axis,
    "outer_product_only": _outer_product_only,
}
