"""Verdict of `masked_softmax`: softmax over the keys that a mask keeps."""

import numpy as np


def draw(generator):
    """Scores (B, T, S) at small and large scale; some rows keep nothing."""
    cases = []
    for batch, length, keys, scale in (
        (1, 2, 3, 1.0),
        (2, 3, 5, 0.1),
        (3, 5, 7, 4.0),
        (2, 7, 3, 200.0),
        (1, 5, 2, 10.0),
    ):
        scores = generator.normal(0, scale, (batch, length, keys))
        mask = generator.random((batch, length, keys)) < 0.6
        mask[..., 0] |= ~mask.any(axis=-1)
        mask[0, 0, -1] = False
        mask[0, 0, 0] = True
        if length != 2:
            mask[-1, -1] = False
        cases.append({"scores": scores, "mask": mask})
    padding = np.arange(5) < np.array([[5], [3]])
    cases.append({"scores": generator.normal(0, 2, (2, 3, 5)), "mask": padding[:, None, :]})
    return cases


def reference(scores, mask):
    mask = np.broadcast_to(mask, scores.shape)
    shifted = scores - np.max(scores, axis=-1, keepdims=True, where=mask, initial=-1e30)
    exponentials = np.where(mask, np.exp(np.minimum(shifted, 0.0)), 0.0)
    total = exponentials.sum(axis=-1, keepdims=True)
    return np.divide(exponentials, total, out=np.zeros_like(scores), where=total > 0)


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _wrong_axis(scores, mask):
    """Over the queries; an empty column comes out uniform."""
    return _softmax(np.where(mask, scores, -1e9), axis=-2)


def _wrong_axis_zeroed(scores, mask):
    return np.where(mask, _wrong_axis(scores, mask), 0.0)


def _mask_inverted(scores, mask):
    return reference(scores, ~mask)


def _mask_inverted_uniform(scores, mask):
    return _softmax(np.where(mask, -1e9, scores))


def _mask_after_softmax(scores, mask):
    return np.where(mask, _softmax(scores), 0.0)


def _mask_ignored(scores, mask):
    return _softmax(scores)


def _mask_ignored_empty_handled(scores, mask):
    return np.where(mask.any(axis=-1, keepdims=True), _softmax(scores), 0.0)


def _scores_set_to_zero(scores, mask):
    return _softmax(np.where(mask, scores, 0.0))


def _scores_set_to_zero_empty_handled(scores, mask):
    return np.where(mask.any(axis=-1, keepdims=True), _scores_set_to_zero(scores, mask), 0.0)


def _empty_row_uniform(scores, mask):
    return _softmax(np.where(mask, scores, -1e9))


def _empty_row_nan(scores, mask):
    return _softmax(np.where(mask, scores, -np.inf))


def _not_normalised(scores, mask):
    largest = np.max(scores, axis=-1, keepdims=True, where=np.broadcast_to(mask, scores.shape), initial=-1e30)
    return np.where(mask, np.exp(np.minimum(scores - largest, 0.0)), 0.0)


def _not_normalised_unmasked_maximum(scores, mask):
    return np.where(mask, np.exp(scores - scores.max(axis=-1, keepdims=True)), 0.0)


def overflows(arguments, received, expected):
    """Wrong only where a score is beyond what `exp` can represent in float32."""
    return np.abs(arguments["scores"]).max() > 88 and not np.isfinite(received).all()


MISTAKES = {
    "wrong_axis": (_wrong_axis, _wrong_axis_zeroed),
    "mask_inverted": (_mask_inverted, _mask_inverted_uniform),
    "mask_after_softmax": _mask_after_softmax,
    "mask_ignored": (_mask_ignored, _mask_ignored_empty_handled),
    "scores_set_to_zero": (_scores_set_to_zero, _scores_set_to_zero_empty_handled),
    "empty_row_uniform": _empty_row_uniform,
    "empty_row_nan": _empty_row_nan,
    "not_normalised": (_not_normalised, _not_normalised_unmasked_maximum),
}
SYMPTOMS = {"overflow": overflows}
