"""Verdict of `bits_per_character`: all that was paid, in bits, over all characters."""

import numpy as np


def draw(generator):
    """Costs of tokens (B, T) with something at the padding, too; sentences of different length."""
    cases = []
    for lengths, width, scale in (
        ((3, 1), 3, 1.0),
        ((5, 2, 3), 5, 0.05),
        ((7, 1, 4, 2, 6), 7, 3.0),
        ((2, 11, 5), 13, 1.5),
        ((5,), 5, 3.0),
    ):
        log_probabilities = -scale * (0.1 + generator.exponential(1.0, (len(lengths), width)))
        cases.append(_case(log_probabilities, lengths, generator))
    anything = -generator.exponential(1.0, (3, 5))
    anything[0, 2:] = generator.uniform(0.5, 2.0, 3)
    anything[2, 4] = -97.0
    anything[1, 0] = 0.0
    far = -generator.exponential(1.0, (2, 7))
    far[1, 3:] = 1e9
    far[0, 2] = -150.0
    return [*cases, _case(anything, (2, 5, 3), generator), _case(far, (7, 3), generator)]


def _case(log_probabilities, lengths, generator):
    padding_mask = np.arange(log_probabilities.shape[1]) < np.array(lengths)[:, None]
    num_characters = np.array([length * int(generator.integers(2, 9)) + 1 for length in lengths])
    return {
        "log_probabilities": log_probabilities,
        "padding_mask": padding_mask,
        "num_characters": num_characters,
    }


CONDITIONS = {
    "a huge number at padding": lambda case: case["log_probabilities"].max() == 1e9,
    "a token of hardly any probability": lambda case: (
        case["log_probabilities"][case["padding_mask"]] < -104
    ).any(),
    "a full row beside a padded one": lambda case: (
        case["padding_mask"].all(axis=1).any() and not case["padding_mask"].all()
    ),
    "one sentence without padding": lambda case: (
        case["padding_mask"].all() and len(case["padding_mask"]) == 1
    ),
    "something above zero at padding": lambda case: (
        case["log_probabilities"][~case["padding_mask"]] > 0
    ).any(),
    "a real token of probability one": lambda case: (
        case["log_probabilities"][case["padding_mask"]] == 0
    ).any(),
    "sentences of different length": lambda case: len(set(case["num_characters"].tolist())) > 1,
    "a sentence of its end token alone": lambda case: (case["padding_mask"].sum(axis=1) == 1).any(),
}


def _nats(log_probabilities, padding_mask):
    return -np.where(padding_mask, log_probabilities, 0.0).sum(axis=1)  # (B,)


def reference(log_probabilities, padding_mask, num_characters):
    return _nats(log_probabilities, padding_mask).sum() / np.log(2) / num_characters.sum()


def _in_nats(log_probabilities, padding_mask, num_characters):
    return reference(log_probabilities, padding_mask, num_characters) * np.log(2)


def _log_two_multiplied(log_probabilities, padding_mask, num_characters):
    return reference(log_probabilities, padding_mask, num_characters) * np.log(2) ** 2


def _bits_per_token(log_probabilities, padding_mask, num_characters):
    return _nats(log_probabilities, padding_mask).sum() / np.log(2) / padding_mask.sum()


def _over_tokens_and_characters(log_probabilities, padding_mask, num_characters):
    """Per token, and once more per character of a token."""
    return _bits_per_token(log_probabilities, padding_mask, num_characters) / num_characters.sum()


def _nats_per_token(log_probabilities, padding_mask, num_characters):
    return _nats(log_probabilities, padding_mask).sum() / padding_mask.sum()


def _mean_of_ratios(log_probabilities, padding_mask, num_characters):
    return (_nats(log_probabilities, padding_mask) / np.log(2) / num_characters).mean()


def _one_value_a_sentence(log_probabilities, padding_mask, num_characters):
    return _nats(log_probabilities, padding_mask) / np.log(2) / num_characters


def _token_means_over_character_means(log_probabilities, padding_mask, num_characters):
    """Mean bits of a token over the mean characters of a token, both of sentence means."""
    tokens = padding_mask.sum(axis=1)
    bits = (_nats(log_probabilities, padding_mask) / np.log(2) / tokens).mean()
    return bits / (num_characters / tokens).mean()


def _padding_paid(log_probabilities, padding_mask, num_characters):
    return -log_probabilities.sum() / np.log(2) / num_characters.sum()


def _end_free(log_probabilities, padding_mask, num_characters):
    last = padding_mask.sum(axis=1)[:, None] - 1
    without = padding_mask & (np.arange(padding_mask.shape[1]) != last)
    return reference(log_probabilities, without, num_characters)


def _end_a_character(log_probabilities, padding_mask, num_characters):
    return reference(log_probabilities, padding_mask, num_characters + 1)


def _perplexity(log_probabilities, padding_mask, num_characters):
    return 2 ** reference(log_probabilities, padding_mask, num_characters)


def _sign_forgotten(log_probabilities, padding_mask, num_characters):
    return -reference(log_probabilities, padding_mask, num_characters)


def _upside_down(log_probabilities, padding_mask, num_characters):
    return 1 / reference(log_probabilities, padding_mask, num_characters)


def _batch_mean(log_probabilities, padding_mask, num_characters):
    """The mean cost of a sentence over the characters of all."""
    return reference(log_probabilities, padding_mask, num_characters) / len(num_characters)


MISTAKES = {
    "bits_per_token": (_bits_per_token, _nats_per_token),
    "in_nats": (_in_nats, _log_two_multiplied),
    "mean_of_sentences": (_mean_of_ratios, _token_means_over_character_means),
    "one_value_a_sentence": _one_value_a_sentence,
    "divided_twice": (_over_tokens_and_characters, _batch_mean),
    "padding_paid": _padding_paid,
    "end_free": _end_free,
    "end_a_character": _end_a_character,
    "exponentiated": _perplexity,
    "sign_forgotten": _sign_forgotten,
    "upside_down": _upside_down,
}
