"""Verdict of `negative_sampling_loss`: the true neighbour against the noise."""

import numpy as np


def draw(generator):
    """Vectors whose scores are at most 4, where every way to write the loss is right, or beyond 750."""
    cases = []
    for batch, count, size, scale in ((1, 2, 2, 1.0), (2, 3, 5, 0.1), (3, 5, 7, 1.0), (5, 1, 3, 2.0)):
        scores = np.clip(generator.normal(0, scale, (batch, 1 + count)), -4, 4)
        cases.append(_vectors(generator, scores, size))
    signs = np.array([[1, -1, -1, -1, -1], [-1, 1, -1, 1, -1], [1, 1, 1, -1, 1]])
    return [*cases, _vectors(generator, signs * generator.uniform(750, 1500, signs.shape), 7)]


def _vectors(generator, scores, size):
    """Vectors (B, D) and (B, K, D) with the given scores (B, 1 + K), the neighbour's first."""
    center = generator.normal(0, 1, (len(scores), size))
    other = generator.normal(0, 1, (*scores.shape, size))
    missing = scores - np.einsum("bd,bkd->bk", center, other)
    other += (missing / (center**2).sum(axis=1, keepdims=True))[..., None] * center[:, None]
    return {"center": center, "context": other[:, 0], "negatives": other[:, 1:]}


def _all_scores(case):
    positive, negative = _scores(**case)
    return np.concatenate([positive[:, None], negative], axis=1)


CONDITIONS = {
    "one pair": lambda case: len(case["center"]) == 1,
    "one noise word": lambda case: case["negatives"].shape[1] == 1,
    "several noise words": lambda case: case["negatives"].shape[1] > 1,
    "large scores that cost nothing": lambda case: (
        (np.abs(_all_scores(case)).min(axis=1) > 709) & (reference(**case) < 1e-6)
    ).any(),
    "a neighbour below -709": lambda case: (_all_scores(case)[:, 0] < -709).any(),
    "noise above 709": lambda case: (_all_scores(case)[:, 1:] > 709).any(),
    "small scores of both signs": lambda case: (
        np.abs(_all_scores(case)).max() < 4.1 and _all_scores(case).min() < 0 < _all_scores(case).max()
    ),
}


def _softplus(x):
    return np.logaddexp(0, x)


def _scores(center, context, negatives):
    return (center * context).sum(axis=-1), np.einsum("bd,bkd->bk", center, negatives)


def reference(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return _softplus(-positive) + _softplus(negative).sum(axis=-1)


def _negatives_not_flipped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return _softplus(-positive) + _softplus(-negative).sum(axis=-1)


def _mean_over_negatives(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return _softplus(-positive) + _softplus(negative).mean(axis=-1)


def _sign_forgotten(center, context, negatives):
    return -reference(center, context, negatives)


def _negatives_ignored(center, context, negatives):
    return _softplus(-_scores(center, context, negatives)[0])


def _labels_swapped(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    return _softplus(positive) + _softplus(-negative).sum(axis=-1)


def _softmax_instead(center, context, negatives):
    positive, negative = _scores(center, context, negatives)
    scores = np.concatenate([positive[:, None], negative], axis=1)
    return np.logaddexp.reduce(scores, axis=1) - positive


def _negatives_against_context(center, context, negatives):
    positive = (center * context).sum(axis=-1)
    return _softplus(-positive) + _softplus(np.einsum("bd,bkd->bk", context, negatives)).sum(axis=-1)


def _averaged_over_batch(center, context, negatives):
    return reference(center, context, negatives).mean()


def _summed_over_batch(center, context, negatives):
    return reference(center, context, negatives).sum()


def _probability_not_logarithm(center, context, negatives):
    """Minus the probabilities, or what they lack to one."""
    positive, negative = _scores(center, context, negatives)
    return np.exp(-_softplus(positive)) + np.exp(-_softplus(-negative)).sum(axis=-1)


def _minus_probability(center, context, negatives):
    negative = _probability_not_logarithm(center, context, negatives)
    return negative - 1 - negatives.shape[1]


def _scaled_by_width(center, context, negatives):
    return reference(center / np.sqrt(center.shape[1]), context, negatives)


def _costs_changed(function):
    """The loss with `function` put over the cost of each of its 1 + K questions."""

    def changed(center, context, negatives):
        positive, negative = _scores(center, context, negatives)
        return function(-positive) + function(negative).sum(axis=-1)

    return changed


def _clipped_at(limit):
    return _costs_changed(lambda score: _softplus(np.clip(score, -limit, limit)))


def _floored_at(floor):
    """`-log(sigmoid + floor)`: no question costs more than `-log(floor)`."""
    return _costs_changed(lambda score: np.minimum(_softplus(score), -np.log(floor)))


def overflows(arguments, received, expected):
    """Right where scores are small, and infinite or NaN in some rows where they are large."""
    is_large = np.abs(_all_scores(arguments)).max(axis=1) > 80
    received = np.asarray(received)
    broken = ~np.isfinite(received)
    right = np.isclose(received, expected, rtol=1e-3, atol=1e-3)
    return received.shape == expected.shape and broken.any() and (np.where(broken, is_large, right)).all()


MISTAKES = {
    "negatives_not_flipped": _negatives_not_flipped,
    "mean_over_negatives": _mean_over_negatives,
    "sign_forgotten": _sign_forgotten,
    "negatives_ignored": _negatives_ignored,
    "labels_swapped": _labels_swapped,
    "softmax_instead": _softmax_instead,
    "negatives_against_context": _negatives_against_context,
    "probability_not_logarithm": (_probability_not_logarithm, _minus_probability),
    "scaled_by_width": _scaled_by_width,
    "reduced_over_batch": (_averaged_over_batch, _summed_over_batch),
    "floor_in_logarithm": tuple(map(_floored_at, (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1.2e-7, 1e-6))),
    "scores_clipped": tuple(map(_clipped_at, (5, 6, 10, 15, 20, 30, 50, 80, 88, 100, 500, 700))),
}
SYMPTOMS = {"overflow": overflows}
