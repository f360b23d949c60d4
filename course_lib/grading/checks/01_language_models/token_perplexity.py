"""Verdict of `token_perplexity`: exp of the mean cost of a real token."""

import numpy as np


def draw(generator):
    """Natural log probabilities (B, T) with something at the padding, too; rows of different length."""
    cases = []
    for lengths, width, scale in (
        ((3, 1), 3, 1.0),
        ((5, 2, 3), 5, 0.05),
        ((7, 1, 4, 2, 6), 7, 2.0),
        ((2, 11, 5), 13, 6.0),
        ((5, 3), 7, 3.0),
    ):
        log_probabilities = -scale * (0.1 + generator.exponential(1.0, (len(lengths), width)))
        padding_mask = np.arange(width) < np.array(lengths)[:, None]
        cases.append({"log_probabilities": log_probabilities, "padding_mask": padding_mask})
    return cases


def reference(log_probabilities, padding_mask):
    return np.exp(-log_probabilities[padding_mask].mean())


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


def _sign_forgotten(log_probabilities, padding_mask):
    return np.exp(log_probabilities[padding_mask].mean())


def _base_two(log_probabilities, padding_mask):
    return 2 ** -log_probabilities[padding_mask].mean()


def _not_exponentiated(log_probabilities, padding_mask):
    return -log_probabilities[padding_mask].mean()


def _mask_inverted(log_probabilities, padding_mask):
    return reference(log_probabilities, ~padding_mask)


MISTAKES = {
    "padding_counted": _padding_counted,
    "mask_ignored": _mask_ignored,
    "mask_inverted": _mask_inverted,
    "mean_of_perplexities": _mean_of_perplexities,
    "sentences_weigh_the_same": _sentences_weigh_the_same,
    "sign_forgotten": _sign_forgotten,
    "base_two": _base_two,
    "not_exponentiated": _not_exponentiated,
}
