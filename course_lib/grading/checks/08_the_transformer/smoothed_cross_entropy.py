"""Verdict of `smoothed_cross_entropy`: cross-entropy against smoothed labels, over the real tokens."""

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def draw(generator):
    """Logits (B, T, V), near and far from zero; labels (B, T) with padding anywhere and nowhere."""
    cases = []
    for batch, length, words, scale, smoothing in (
        (2, 3, 5, 1.0, 0.1),
        (3, 5, 7, 0.3, 0.3),
        (5, 7, 11, 4.0, 0.2),
        (2, 11, 13, 300.0, 0.1),
        (3, 2, 5, 10.0, 0.4),
    ):
        labels = generator.integers(1, words, (batch, length))
        lengths = generator.integers(1, length, batch)
        lengths[0], lengths[1] = length, 1
        labels[np.arange(length) >= lengths[:, None]] = 0
        logits = generator.normal(0, scale, (batch, length, words))
        labels[0, 0] = words - 1
        cases.append({"logits": logits, "labels": labels, "smoothing": smoothing})
    labels = np.array([[0, 3, 0, 1, 4], [2, 0, 0, 0, 1], [0, 0, 0, 0, 0]])
    cases.append({"logits": generator.normal(0, 2, (3, 5, 5)), "labels": labels, "smoothing": 0.0})
    far = generator.normal(0, 1, (1, 3, 7)) + np.array([[FAR], [-FAR], [-FAR]])
    return [*cases, {"logits": far, "labels": np.array([[6, 1, 3]]), "smoothing": 0.9}]


def _real(case):
    return case["labels"] != 0


CONDITIONS = {
    "padding at the end": lambda case: (_real(case)[:, 0] & ~_real(case)[:, -1]).any(),
    "padding in front": lambda case: (~_real(case)[:, 0] & _real(case).any(axis=1)).any(),
    "padding between words": lambda case: (
        (np.diff(_real(case).astype(int)) > 0).any(axis=1) & _real(case)[:, 0]
    ).any(),
    "a sentence of padding": lambda case: (~_real(case).any(axis=1)).any(),
    "a sentence without padding": lambda case: _real(case).all(axis=1).any(),
    "a batch without padding": lambda case: _real(case).all(),
    "one sentence": lambda case: len(case["labels"]) == 1,
    "as many positions as tokens": lambda case: case["labels"].shape[1] == case["logits"].shape[2],
    "the last id of the vocabulary": lambda case: (case["labels"] == case["logits"].shape[2] - 1).any(),
    "a label of 1": lambda case: (case["labels"] == 1).any(),
    "no smoothing": lambda case: case["smoothing"] == 0,
    "a smoothing above one half": lambda case: case["smoothing"] > 0.5,
    "logits beyond 709": lambda case: (case["logits"].max(axis=-1) > 709).any(),
    "logits that are all below -750": lambda case: (case["logits"].max(axis=-1) < -750).any(),
    "a token whose probability float64 cannot hold": lambda case: (
        np.ptp(case["logits"], axis=-1) > 750
    ).any(),
}


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


def _added_in_the_log(amount):
    """The logarithm of the softmax plus a small number, which no probability is below."""

    def answer(logits, labels, smoothing):
        q = _targets(labels, logits.shape[-1], smoothing)
        return _mean(-(q * np.log(np.exp(_log_softmax(logits)) + amount)).sum(axis=-1), labels != 0)

    return answer


def _clipped_in_the_log(least, greatest):
    def answer(logits, labels, smoothing):
        q = _targets(labels, logits.shape[-1], smoothing)
        probabilities = np.clip(np.exp(_log_softmax(logits)), least, greatest)
        return _mean(-(q * np.log(probabilities)).sum(axis=-1), labels != 0)

    return answer


def _sentence_means(least):
    """The mean of the sentences' means; a sentence of padding is divided by `least`."""
    return lambda losses, real: ((losses * real).sum(axis=1) / np.maximum(real.sum(axis=1), least)).mean()


def _first_n(losses, real):
    return losses[np.arange(real.shape[1]) < real.sum(axis=1)[:, None]].mean()


def _until_padding(losses, real):
    return losses[real.cumprod(axis=1).astype(bool)].mean()


def overflows(arguments, received, expected):
    """NaN or infinity, and only where `exp` of a logit leaves float32, or a probability vanishes in it."""
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
    "mean_of_means": (_loss(average=_sentence_means(0)), _loss(average=_sentence_means(1))),
    "first_n_counted": (_loss(average=_first_n), _loss(average=_until_padding)),
    "bounded_logarithm": (
        *(_added_in_the_log(10.0**-power) for power in (5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30)),
        *(_clipped_in_the_log(10.0**-power, 1.0) for power in (5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30)),
        *(_clipped_in_the_log(10.0**-power, 1 - 10.0**-power) for power in (5, 6, 7)),
    ),
    "sum_not_mean": (
        _loss(average=lambda losses, real: losses[real].sum()),
        _loss(average=lambda losses, real: losses[real].sum() / len(losses)),
    ),
}
SYMPTOMS = {"overflow": overflows}
