"""Verdict of `token_perplexity`: exp of the mean cost of a real token."""

import numpy as np


def draw(generator):
    """Natural log probabilities (B, T) with something at the padding, too; rows of different length."""
    cases = []
    for lengths, width, scale in (
        ((3, 1), 3, 1.0),
        ((5, 2, 3), 5, 0.05),
        ((7, 1, 4, 2, 6), 7, 2.0),
        ((2, 11, 5), 13, 1.5),
        ((5,), 5, 3.0),
    ):
        log_probabilities = -scale * (0.1 + generator.exponential(1.0, (len(lengths), width)))
        cases.append({"log_probabilities": log_probabilities, "padding_mask": _real(lengths, width)})
    holes = np.array([[False, True, True, False, True], [True, False, False, True, False], [True] * 5])
    log_probabilities = -generator.exponential(1.0, holes.shape)
    log_probabilities[0, 1] = 0.0
    log_probabilities[~holes] = generator.uniform(0.5, 2.0, 5)
    cases.append({"log_probabilities": log_probabilities, "padding_mask": holes})
    dear = {"log_probabilities": generator.uniform(-60, -40, (2, 13)), "padding_mask": _real((13, 7), 13)}
    return [*cases, dear]


def _real(lengths, width):
    return np.arange(width) < np.array(lengths)[:, None]


CONDITIONS = {
    "a full row beside a padded one": lambda case: (
        case["padding_mask"].all(axis=1).any() and not case["padding_mask"].all()
    ),
    "no padding": lambda case: case["padding_mask"].all(),
    "one sentence": lambda case: len(case["padding_mask"]) == 1,
    "padding before and between real tokens": lambda case: (
        (np.diff(case["padding_mask"].astype(int), axis=1) > 0).sum(axis=1).max() > 1
    ),
    "a real token of probability one": lambda case: (
        case["log_probabilities"][case["padding_mask"]] == 0
    ).any(),
    "something above zero at padding": lambda case: (
        case["log_probabilities"][~case["padding_mask"]] > 0
    ).any(),
    "probabilities whose product is zero even in float64": lambda case: (
        case["log_probabilities"][case["padding_mask"]].sum() < -745
    ),
}


def reference(log_probabilities, padding_mask):
    return np.exp(-(log_probabilities * padding_mask).sum() / padding_mask.sum())


def _padding_counted(log_probabilities, padding_mask):
    return np.exp(-(log_probabilities * padding_mask).sum() / padding_mask.size)


def _mask_ignored(log_probabilities, padding_mask):
    return np.exp(-log_probabilities.mean())


def _sentence_means(log_probabilities, padding_mask):
    return (log_probabilities * padding_mask).sum(axis=1) / padding_mask.sum(axis=1)


def _mean_of_perplexities(log_probabilities, padding_mask):
    return np.exp(-_sentence_means(log_probabilities, padding_mask)).mean()


def _sentences_weigh_the_same(log_probabilities, padding_mask):
    return np.exp(-_sentence_means(log_probabilities, padding_mask).mean())


def _one_value_a_sentence(log_probabilities, padding_mask):
    return np.exp(-_sentence_means(log_probabilities, padding_mask))


def _sign_forgotten(log_probabilities, padding_mask):
    return 1 / reference(log_probabilities, padding_mask)


def _base_two(log_probabilities, padding_mask):
    return 2 ** np.log(reference(log_probabilities, padding_mask))


def _not_exponentiated(log_probabilities, padding_mask):
    return np.log(reference(log_probabilities, padding_mask))


def _probabilities_multiplied(log_probabilities, padding_mask):
    """The root of the product of all probabilities, which is zero where they are many or small."""
    perplexity = reference(log_probabilities, padding_mask)
    return perplexity if -(log_probabilities * padding_mask).sum() < 87 else np.inf


def _mask_inverted(log_probabilities, padding_mask):
    return reference(log_probabilities, ~padding_mask)


MISTAKES = {
    "padding_counted": _padding_counted,
    "mask_ignored": _mask_ignored,
    "mask_inverted": _mask_inverted,
    "mean_of_perplexities": _mean_of_perplexities,
    "sentences_weigh_the_same": _sentences_weigh_the_same,
    "one_value_a_sentence": _one_value_a_sentence,
    "sign_forgotten": _sign_forgotten,
    "base_two": _base_two,
    "not_exponentiated": _not_exponentiated,
    "probabilities_multiplied": _probabilities_multiplied,
}
