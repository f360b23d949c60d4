"""Verdict of `length_normalised_scores`: log probabilities of sentences, made comparable across lengths."""

import numpy as np


def draw(generator):
    """Token ids (B, T), 0 = padding, and the log probability of each, padding's too."""
    cases = []
    for batch, length, scale, length_penalty in (
        (2, 3, 1.0, 1.0),
        (3, 5, 0.1, 0.6),
        (5, 7, 3.0, 2.0),
        (3, 11, 30.0, 0.7),
        (2, 5, 1.0, 0.0),
        (1, 1, 1.0, 0.6),
    ):
        lengths = generator.integers(1, length + 1, batch)
        lengths[:2] = (length, 2)[:batch]
        token_ids = generator.integers(1, 97, (batch, length))
        token_ids[np.arange(length) >= lengths[:, None]] = 0
        log_probabilities = -generator.exponential(scale, (batch, length))
        cases.append(
            {
                "token_log_probabilities": log_probabilities,
                "token_ids": token_ids,
                "length_penalty": length_penalty,
            }
        )
    certain = np.array(
        [[-0.5, 0.0, -0.25, 3.0, 2.0], [0.0, -2.0, 0.0, 0.0, -1.0], [-1.0, 5.0, 0.0, -3.0, 1.0]]
    )
    token_ids = np.array([[1, 7, 2, 0, 0], [9, 1, 1, 5, 2], [2, 0, 0, 0, 0]])
    certain *= generator.uniform(0.5, 2.0)
    return [*cases, {"token_log_probabilities": certain, "token_ids": token_ids, "length_penalty": 0.9}]


CONDITIONS = {
    "a full row beside a padded one": lambda case: (
        (case["token_ids"] != 0).all(axis=1).any() and not case["token_ids"].all()
    ),
    "one sentence of one token": lambda case: case["token_ids"].shape == (1, 1),
    "a sentence of one token beside others": lambda case: (
        len(case["token_ids"]) > 1 and ((case["token_ids"] != 0).sum(axis=1) == 1).any()
    ),
    "1 is a token": lambda case: (case["token_ids"] == 1).any(),
    "a token of probability one": lambda case: (
        case["token_log_probabilities"][case["token_ids"] != 0] == 0
    ).any(),
    "something above zero at padding": lambda case: (
        case["token_log_probabilities"][case["token_ids"] == 0] > 0
    ).any(),
    "a penalty of 0": lambda case: case["length_penalty"] == 0,
    "a penalty of 1": lambda case: case["length_penalty"] == 1,
    "a penalty between 0 and 1": lambda case: 0 < case["length_penalty"] < 1,
    "a penalty above 1": lambda case: case["length_penalty"] > 1,
}


def _parts(token_log_probabilities, token_ids):
    real = token_ids != 0
    return (token_log_probabilities * real).sum(axis=1), real.sum(axis=1)


def reference(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / ((5 + length) / 6) ** length_penalty


def _not_normalised(token_log_probabilities, token_ids, length_penalty):
    return _parts(token_log_probabilities, token_ids)[0]


def _padding_summed(token_log_probabilities, token_ids, length_penalty):
    _, length = _parts(token_log_probabilities, token_ids)
    return token_log_probabilities.sum(axis=1) / ((5 + length) / 6) ** length_penalty


def _padding_in_length(token_log_probabilities, token_ids, length_penalty):
    total, _ = _parts(token_log_probabilities, token_ids)
    return total / ((5 + token_ids.shape[1]) / 6) ** length_penalty


def _padding_in_both(token_log_probabilities, token_ids, length_penalty):
    return token_log_probabilities.sum(axis=1) / ((5 + token_ids.shape[1]) / 6) ** length_penalty


def _multiplied(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total * ((5 + length) / 6) ** length_penalty


def _plain_length(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / length**length_penalty


def _mean(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / length


def _penalty_as_factor(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / (length_penalty * (5 + length) / 6)


def _power_inside(token_log_probabilities, token_ids, length_penalty):
    """The power reaches only the length, or only the numerator."""
    total, length = _parts(token_log_probabilities, token_ids)
    return total / ((5 + length**length_penalty) / 6)


def _power_of_the_numerator(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / ((5 + length) ** length_penalty / 6)


def _probabilities(token_log_probabilities, token_ids, length_penalty):
    return np.exp(reference(token_log_probabilities, token_ids, length_penalty))


def _probabilities_summed(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(np.exp(token_log_probabilities), token_ids)
    return total / ((5 + length) / 6) ** length_penalty


def _end_not_counted(token_log_probabilities, token_ids, length_penalty):
    total, length = _parts(token_log_probabilities, token_ids)
    return total / ((4 + length) / 6) ** length_penalty


MISTAKES = {
    "padding_in_length": (_padding_in_length, _padding_in_both),
    "padding_summed": _padding_summed,
    "not_normalised": _not_normalised,
    "multiplied": _multiplied,
    "mean_not_power": _mean,
    "five_and_six_forgotten": _plain_length,
    "penalty_as_factor": _penalty_as_factor,
    "power_misplaced": (_power_inside, _power_of_the_numerator),
    "end_not_counted": _end_not_counted,
    "probabilities": (_probabilities, _probabilities_summed),
}
