"""Verdict of `negative_sampling_loss`: the true neighbour against the noise."""

import numpy as np


def draw(generator):
    """Vectors at small and large scale; large scores overflow a naive logarithm of a sigmoid."""
    return [
        {
            "center": generator.normal(0, scale, (batch, size)),
            "context": generator.normal(0, scale, (batch, size)),
            "negatives": generator.normal(0, scale, (batch, count, size)),
        }
        for batch, count, size, scale in (
            (1, 2, 2, 1.0),
            (2, 3, 5, 0.1),
            (3, 5, 7, 1.0),
            (5, 2, 3, 2.0),
            (2, 7, 11, 20.0),
        )
    ]


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


def overflows(arguments, received, expected):
    """Wrong only where a score is so large that one minus its sigmoid is lost in float32."""
    scores = _scores(arguments["center"], arguments["context"], arguments["negatives"])
    return max(np.abs(score).max() for score in scores) > 5


MISTAKES = {
    "negatives_not_flipped": _negatives_not_flipped,
    "mean_over_negatives": _mean_over_negatives,
    "sign_forgotten": _sign_forgotten,
    "negatives_ignored": _negatives_ignored,
    "labels_swapped": _labels_swapped,
    "softmax_instead": _softmax_instead,
    "negatives_against_context": _negatives_against_context,
    "reduced_over_batch": (_averaged_over_batch, _summed_over_batch),
}
SYMPTOMS = {"overflow": overflows}
