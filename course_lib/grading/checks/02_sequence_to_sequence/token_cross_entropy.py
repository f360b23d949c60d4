"""Verdict of `token_cross_entropy`: mean cross-entropy over the real tokens of a batch."""

import numpy as np

FLOORS = (1e-20, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1.2e-7, 1e-6, 1e-5)


def draw(generator):
    """Logits (B, T, V) at small and large scale; labels (B, T) with different numbers of real tokens."""
    cases = []
    for batch, length, words, scale in (
        (2, 3, 5, 1.0),
        (3, 5, 7, 0.1),
        (5, 7, 11, 4.0),
        (2, 11, 13, 200.0),
        (3, 2, 5, 10.0),
        (1, 3, 2, 1.0),
    ):
        labels = generator.integers(1, words, (batch, length))
        lengths = generator.integers(1, length, batch)
        lengths[:2] = (length, 1)[:batch]
        labels[np.arange(length) >= lengths[:, None]] = 0
        cases.append({"logits": generator.normal(0, scale, (batch, length, words)), "labels": labels})
    large = cases[3]
    large["logits"] += np.resize((-1700.0, 0.0, 1000.0), (11, 1))
    large["logits"][0, 1, large["labels"][0, 1]] -= 1500.0
    holes = np.array([[0, 2, 0, 0, 4], [1, 0, 3, 2, 0], [4, 3, 2, 1, 1]])
    return [*cases, {"logits": generator.normal(0, 2, (3, 5, 5)) + 2 * np.eye(5)[0], "labels": holes}]


def _real_logits(case):
    return case["logits"][case["labels"] != 0]


CONDITIONS = {
    "a full row beside a padded one": lambda case: (
        (case["labels"] != 0).all(axis=1).any() and not case["labels"].all()
    ),
    "one sentence, without padding": lambda case: len(case["labels"]) == 1 and case["labels"].all(),
    "padding before and between real labels": lambda case: (
        (np.diff(case["labels"] != 0, axis=1).sum(axis=1) > 1) & (case["labels"][:, 0] == 0)
    ).any(),
    "the ids 1 and V - 1 are labels": lambda case: (
        (case["labels"] == 1).any() and (case["labels"] == case["logits"].shape[2] - 1).any()
    ),
    "id 0 is the most probable at a real label": lambda case: (
        (_real_logits(case).argmax(axis=-1) == 0).any() and case["logits"].max() < 20
    ),
    "logits beyond 709 at a real label": lambda case: (_real_logits(case).max(axis=-1) > 709).any(),
    "logits below -745, all of them, at a real label": lambda case: (
        _real_logits(case).max(axis=-1) < -745
    ).any(),
    "a label whose probability is zero even in float64": lambda case: (
        _losses(**case)[case["labels"] != 0].max() > 745
    ),
}


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


def _real_values(logits, labels):
    return _losses(logits, labels)[labels != 0]


def _exponentiated(logits, labels):
    """The perplexity, infinite in float32 where the loss is large."""
    loss = reference(logits, labels)
    return np.exp(loss) if loss < 88 else np.inf


def _label_zero_left_out(logits, labels):
    """A softmax over the words alone, without the padding's logit."""
    losses = _losses(logits[..., 1:], np.maximum(labels - 1, 0))
    return losses[labels != 0].mean()


def _clipped_at(limit):
    return lambda logits, labels: reference(np.clip(logits, -limit, limit), labels)


def _added_in_logarithm(floor):
    return lambda logits, labels: -np.log(np.exp(-_losses(logits, labels)) + floor)[labels != 0].mean()


def _floored_in_logarithm(floor):
    return lambda logits, labels: np.minimum(_losses(logits, labels), -np.log(floor))[labels != 0].mean()


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
    "one_value_a_token": (_one_value_a_token, _one_value_a_sentence, _real_values),
    "padding_counted": _padding_counted,
    "divided_by_all": _divided_by_all,
    "mean_of_means": _mean_of_means,
    "sum_not_mean": (_sum_not_mean, _divided_by_batch),
    "sign_flipped": _sign_flipped,
    "in_bits": _in_bits,
    "exponentiated": _exponentiated,
    "shifted_labels": _shifted_labels,
    "softmax_forgotten": _softmax_forgotten,
    "probability_not_logarithm": (_probability_not_logarithm, _probability_not_logarithm_negated),
    "label_zero_left_out": _label_zero_left_out,
    "floor_in_logarithm": (*map(_added_in_logarithm, FLOORS), *map(_floored_in_logarithm, FLOORS)),
    "logits_clipped": tuple(map(_clipped_at, (5, 10, 15, 20, 30, 50, 80, 88, 100, 500, 700))),
}
SYMPTOMS = {"overflow": overflows}
