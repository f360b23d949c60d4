"""Verdict of `token_cross_entropy`: mean cross-entropy over the real tokens of a batch."""

import numpy as np


def draw(generator):
    """Logits (B, T, V) at small and large scale; labels (B, T) with different numbers of real tokens."""
    cases = []
    for batch, length, words, scale in (
        (2, 3, 5, 1.0),
        (3, 5, 7, 0.1),
        (5, 7, 11, 4.0),
        (2, 11, 13, 200.0),
        (3, 2, 5, 10.0),
    ):
        labels = generator.integers(1, words, (batch, length))
        lengths = generator.integers(1, length, batch)
        lengths[0], lengths[1] = length, 1
        labels[np.arange(length) >= lengths[:, None]] = 0
        cases.append({"logits": generator.normal(0, scale, (batch, length, words)), "labels": labels})
    return cases


def _losses(logits, labels):
    """-log softmax at the labels, padding included (B, T)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=-1))
    return total - np.take_along_axis(shifted, labels[..., None], axis=-1)[..., 0]


def reference(logits, labels):
    return _losses(logits, labels)[labels != 0].mean()


def _padding_counted(logits, labels):
    return _losses(logits, labels).mean()


def _divided_by_all(logits, labels):
    return (_losses(logits, labels) * (labels != 0)).mean()


def _mean_of_means(logits, labels):
    real = labels != 0
    return ((_losses(logits, labels) * real).sum(axis=1) / real.sum(axis=1)).mean()


def _sum_not_mean(logits, labels):
    return _losses(logits, labels)[labels != 0].sum()


def _divided_by_batch(logits, labels):
    return _losses(logits, labels)[labels != 0].sum() / len(labels)


def _one_value_a_token(logits, labels):
    return _losses(logits, labels) * (labels != 0)


def _one_value_a_sentence(logits, labels):
    real = labels != 0
    return (_losses(logits, labels) * real).sum(axis=1) / real.sum(axis=1)


def _sign_flipped(logits, labels):
    return -reference(logits, labels)


def _in_bits(logits, labels):
    return reference(logits, labels) / np.log(2)


def _shifted_labels(logits, labels):
    """Step t compared with label t + 1."""
    return reference(logits[:, :-1], labels[:, 1:])


def _softmax_forgotten(logits, labels):
    """The logit of the label taken for its log probability."""
    return -np.take_along_axis(logits, labels[..., None], axis=-1)[..., 0][labels != 0].mean()


def _probability_not_logarithm(logits, labels):
    return 1 - np.exp(-_losses(logits, labels))[labels != 0].mean()


def _probability_not_logarithm_negated(logits, labels):
    return -np.exp(-_losses(logits, labels))[labels != 0].mean()


def overflows(arguments, received, expected):
    """Wrong only where a logit is beyond what `exp` can represent in float32, or its log underflows."""
    return np.abs(arguments["logits"]).max() > 88 and not np.isfinite(received).all()


MISTAKES = {
    "one_value_a_token": (_one_value_a_token, _one_value_a_sentence),
    "padding_counted": _padding_counted,
    "divided_by_all": _divided_by_all,
    "mean_of_means": _mean_of_means,
    "sum_not_mean": (_sum_not_mean, _divided_by_batch),
    "sign_flipped": _sign_flipped,
    "in_bits": _in_bits,
    "shifted_labels": _shifted_labels,
    "softmax_forgotten": _softmax_forgotten,
    "probability_not_logarithm": (_probability_not_logarithm, _probability_not_logarithm_negated),
}
SYMPTOMS = {"overflow": overflows}
