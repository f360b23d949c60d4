"""Verdict of `smoothed_cross_entropy`: cross-entropy against smoothed labels, over the real tokens."""

import numpy as np


def draw(generator):
    """Logits (B, T, V) at small and large scale; labels (B, T) with different numbers of real tokens."""
    cases = []
    for batch, length, words, scale, smoothing in (
        (2, 3, 5, 1.0, 0.1),
        (3, 5, 7, 0.3, 0.3),
        (5, 7, 11, 4.0, 0.2),
        (2, 11, 13, 200.0, 0.1),
        (3, 2, 5, 10.0, 0.4),
    ):
        labels = generator.integers(1, words, (batch, length))
        lengths = generator.integers(1, length, batch)
        lengths[0], lengths[1] = length, 1
        labels[np.arange(length) >= lengths[:, None]] = 0
        logits = generator.normal(0, scale, (batch, length, words))
        cases.append({"logits": logits, "labels": labels, "smoothing": smoothing})
    return cases


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _mean(losses, real):
    return losses[real].mean()


def _targets(labels, words, smoothing):
    return (1 - smoothing) * np.eye(words)[labels] + smoothing / words


def _loss(targets=_targets, average=_mean):
    """The answer, with other targets q or another average."""

    def answer(logits, labels, smoothing):
        q = targets(labels, logits.shape[-1], smoothing)
        return average(-(q * _log_softmax(logits)).sum(axis=-1), labels != 0)

    return answer


reference = _loss()


def _over_the_others(labels, words, smoothing):
    is_label = np.eye(words)[labels]
    return (1 - smoothing) * is_label + (1 - is_label) * smoothing / (words - 1)


def _over_words(labels, words, smoothing):
    return (1 - smoothing) * np.eye(words)[labels] + (np.arange(words) > 0) * smoothing / (words - 1)


def _over_other_words(labels, words, smoothing):
    is_label = np.eye(words)[labels]
    is_other = (np.arange(words) > 0) * (1 - is_label)
    return (1 - smoothing) * is_label + is_other * smoothing / (words - 2)


def _probabilities_mixed(logits, labels, smoothing):
    probabilities = (1 - smoothing) * np.exp(_log_softmax(logits)) + smoothing / logits.shape[-1]
    chosen = np.take_along_axis(probabilities, labels[..., None], axis=-1)[..., 0]
    return -np.log(chosen)[labels != 0].mean()


def _logits_mean(logits, labels, smoothing):
    """The evenly spread share taken of the logits, not of their log probabilities."""
    at_label = np.take_along_axis(_log_softmax(logits), labels[..., None], axis=-1)[..., 0]
    losses = -(1 - smoothing) * at_label - smoothing * logits.mean(axis=-1)
    return losses[labels != 0].mean()


def _sentence_means(losses, real):
    return ((losses * real).sum(axis=1) / real.sum(axis=1)).mean()


def overflows(arguments, received, expected):
    """Wrong only where a logit is beyond what `exp` can represent in float32, or its log underflows."""
    return np.abs(arguments["logits"]).max() > 88 and not np.isfinite(received).all()


MISTAKES = {
    "smoothing_ignored": _loss(lambda labels, words, smoothing: np.eye(words)[labels]),
    "right_token_left_out": _loss(_over_the_others),
    "padding_id_left_out": (_loss(_over_words), _loss(_over_other_words)),
    "label_keeps_everything": _loss(
        lambda labels, words, smoothing: np.eye(words)[labels] + smoothing / words
    ),
    "share_for_each": _loss(
        lambda labels, words, smoothing: (1 - smoothing) * np.eye(words)[labels] + smoothing
    ),
    "even_share_forgotten": _loss(lambda labels, words, smoothing: (1 - smoothing) * np.eye(words)[labels]),
    "shares_swapped": _loss(lambda labels, words, smoothing: _targets(labels, words, 1 - smoothing)),
    "probabilities_mixed": _probabilities_mixed,
    "logits_not_normalised": _logits_mean,
    "padding_counted": _loss(average=lambda losses, real: losses.mean()),
    "divided_by_all": _loss(average=lambda losses, real: (losses * real).mean()),
    "mean_of_means": _loss(average=_sentence_means),
    "sum_not_mean": (
        _loss(average=lambda losses, real: losses[real].sum()),
        _loss(average=lambda losses, real: losses[real].sum() / len(losses)),
    ),
}
SYMPTOMS = {"overflow": overflows}
