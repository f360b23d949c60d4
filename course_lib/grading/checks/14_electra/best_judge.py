"""Verdict of `best_judge`: Bayes' rule for one place whose word may have been drawn anew."""

import numpy as np


def draw(generator):
    """Distributions (N, V), even and uneven; several shares; words that cannot have stood there."""
    cases = []
    for places, words, concentration, share in (
        (2, 3, 1.0, 0.5),
        (7, 5, 1.0, 0.15),
        (11, 13, 0.3, 0.15),
        (13, 7, 3.0, 0.7),
        (5, 5, 1.0, 0.05),
        (5, 11, 0.5, 1.0),
    ):
        p = generator.dirichlet(np.full(words, concentration), places)
        q = 0.98 * generator.dirichlet(np.full(words, concentration), places) + 0.02 / words
        shown = np.array([generator.choice(words, p=(a + b) / 2) for a, b in zip(p, q, strict=True)])
        shown[0] = q[0].argmax()
        p[0, shown[0]] = 0.0
        p[0] /= p[0].sum()
        cases.append(
            {"original_probabilities": p, "generator_probabilities": q, "shown": shown, "share": share}
        )
    even = {**cases[1], "generator_probabilities": np.full((7, 5), 0.2)}
    same = {**cases[2], "generator_probabilities": 0.9 * cases[2]["original_probabilities"] + 0.1 / 13}
    sure = {**cases[3], "original_probabilities": np.eye(7)[cases[3]["shown"]]}
    return [*cases, even, same, sure]


def _at(case, name):
    return np.take_along_axis(case[name], case["shown"][:, None], axis=1)[:, 0]


CONDITIONS = {
    "a word that cannot have stood there": lambda case: (_at(case, "original_probabilities") == 0).any(),
    "a word that must have stood there": lambda case: (_at(case, "original_probabilities") == 1).all(),
    "a share of 15 %": lambda case: case["share"] == 0.15,
    "a share of 1": lambda case: case["share"] == 1,
    "a share above one half": lambda case: 0.5 < case["share"] < 1,
    "a generator that draws evenly": lambda case: np.ptp(case["generator_probabilities"]) < 1e-9,
    "as many places as words": lambda case: len(set(case["original_probabilities"].shape)) == 1,
}


def _answer(rule):
    def answer(original_probabilities, generator_probabilities, shown, share):
        p, q = (
            np.take_along_axis(table, shown[:, None], axis=1)[:, 0]
            for table in (original_probabilities, generator_probabilities)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            return rule(p, q, share, original_probabilities.shape[1])

    return answer


def _posterior(p, q, share, _):
    return share * q * (1 - p) / ((1 - share) * p + share * q)


reference = _answer(_posterior)

MISTAKES = {
    "chosen_for_replaced": _answer(lambda p, q, s, _: s * q / ((1 - s) * p + s * q)),
    "real_and_replaced_swapped": _answer(lambda p, q, s, _: 1 - _posterior(p, q, s, 0)),
    "left_alone_for_real": _answer(lambda p, q, s, _: (1 - s) * p / ((1 - s) * p + s * q)),
    "share_ignored": (
        _answer(lambda p, q, s, _: _posterior(p, q, 0.5, 0)),
        _answer(lambda p, q, s, _: q / (p + q)),
    ),
    "share_inverted": _answer(lambda p, q, s, _: _posterior(p, q, 1 - s, 0)),
    "distributions_swapped": _answer(lambda p, q, s, _: _posterior(q, p, s, 0)),
    "not_normalised": (
        _answer(lambda p, q, s, _: s * q * (1 - p)),
        _answer(lambda p, q, s, _: s * q),
    ),
    "evidence_ignored": (
        _answer(lambda p, q, s, _: s * (1 - p)),
        _answer(lambda p, q, s, _: s * (1 - q)),
        _answer(lambda p, q, s, _: s + 0 * p),
    ),
    "generator_taken_for_even": _answer(lambda p, q, s, words: _posterior(p, 1 / words + 0 * q, s, 0)),
    "unlikely_for_replaced": _answer(lambda p, q, s, _: 1 - p),
    "misses_left_out": _answer(lambda p, q, s, _: s * q * (1 - p) / ((1 - s) * p + s * q * (1 - p))),
}
