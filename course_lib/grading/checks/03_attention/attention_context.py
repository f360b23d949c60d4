"""Verdict of `attention_context`: the average of the values under masked weights."""

import numpy as np


def draw(generator):
    """Scores (B, T, S), values (B, S, D), padding masks (B, S) that keep one position at least."""
    cases = []
    for batch, length, keys, width, scale in (
        (1, 2, 3, 2, 1.0),
        (2, 3, 5, 7, 0.1),
        (3, 5, 5, 2, 2.0),
        (2, 7, 3, 5, 10.0),
        (3, 3, 3, 11, 1.0),
        (5, 2, 7, 3, 30.0),
    ):
        lengths = generator.integers(1, keys + 1, batch)
        lengths[0] = max(keys - 1, 1)
        cases.append(
            {
                "scores": generator.normal(0, scale, (batch, length, keys)),
                "value": generator.normal(0, 1, (batch, keys, width)),
                "padding_mask": np.arange(keys) < lengths[:, None],
            }
        )
    return cases


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _masked(scores, padding_mask):
    return np.where(padding_mask[:, None, :], scores, -1e9)


def reference(scores, value, padding_mask):
    return _softmax(_masked(scores, padding_mask)) @ value


def _mask_inverted(scores, value, padding_mask):
    return reference(scores, value, ~padding_mask)


def _mask_inverted_zeroed(scores, value, padding_mask):
    """All masked: zeros in place of a uniform average."""
    return np.where(
        (~padding_mask).any(axis=-1)[:, None, None], _mask_inverted(scores, value, padding_mask), 0.0
    )


def _mask_ignored(scores, value, padding_mask):
    return _softmax(scores) @ value


def _mask_after_softmax(scores, value, padding_mask):
    return (_softmax(scores) * padding_mask[:, None, :]) @ value


def _mask_on_queries(scores, value, padding_mask):
    return _softmax(np.where(padding_mask[:, :, None], scores, -1e9)) @ value


def _wrong_axis(scores, value, padding_mask):
    return _softmax(_masked(scores, padding_mask), axis=-2) @ value


def _softmax_forgotten(scores, value, padding_mask):
    return np.where(padding_mask[:, None, :], scores, 0.0) @ value


def _softmax_and_mask_forgotten(scores, value, padding_mask):
    return scores @ value


def _hard_choice(scores, value, padding_mask):
    best = _masked(scores, padding_mask).argmax(axis=-1)
    return np.take_along_axis(value, best[:, :, None], axis=1)


def _divided_again(scores, value, padding_mask):
    return reference(scores, value, padding_mask) / value.shape[1]


def _divided_by_count(scores, value, padding_mask):
    return reference(scores, value, padding_mask) / padding_mask.sum(axis=-1)[:, None, None]


def _plain_mean(scores, value, padding_mask):
    return reference(np.zeros_like(scores), value, padding_mask)


MISTAKES = {
    "mask_inverted": (_mask_inverted, _mask_inverted_zeroed),
    "mask_after_softmax": _mask_after_softmax,
    "mask_ignored": _mask_ignored,
    "mask_on_queries": _mask_on_queries,
    "wrong_axis": _wrong_axis,
    "softmax_forgotten": (_softmax_forgotten, _softmax_and_mask_forgotten),
    "hard_choice": _hard_choice,
    "divided_again": (_divided_again, _divided_by_count),
    "plain_mean": _plain_mean,
}
