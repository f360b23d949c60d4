"""Verdict of `paired_interval`: the difference of two accuracies, and the middle 90 % over paired draws."""

import numpy as np


def draw(generator):
    """Answers of systems that mostly agree, and draws with repetitions; one sentence alone."""
    cases = []
    for size, num_draws, first, second in (
        (7, 20, 0.7, 0.4),
        (31, 40, 0.8, 0.6),
        (61, 60, 0.9, 0.7),
        (101, 100, 0.6, 0.7),
    ):
        hardness = generator.random(size)
        answers = {}
        for name, ability in (("first", first), ("second", second)):
            answers[f"{name}_is_right"] = hardness + generator.normal(0, 0.25, size) < ability
        answers["first_is_right"][:3] = True, False, True
        answers["second_is_right"][:3] = False, True, True
        cases.append({**answers, "draws": generator.integers(0, size, (num_draws, size))})
    while not _ends_stand_apart(**cases[-1]):
        cases[-1]["draws"] = generator.integers(0, size, (num_draws, size))
    alike = cases[1]["first_is_right"]
    draws = generator.integers(0, 31, (20, 31))
    cases.append({"first_is_right": alike, "second_is_right": alike, "draws": draws})
    one = {"first_is_right": np.array([True]), "second_is_right": np.array([False])}
    return [*cases, {**one, "draws": np.zeros((20, 1), int)}]


def _ahead(case):
    return case["first_is_right"].mean() - case["second_is_right"].mean()


CONDITIONS = {
    "the first is ahead": lambda case: _ahead(case) > 0,
    "both are alike": lambda case: (case["first_is_right"] == case["second_is_right"]).all(),
    "each is right where the other is not": lambda case: (
        (case["first_is_right"] & ~case["second_is_right"]).any()
        and (~case["first_is_right"] & case["second_is_right"]).any()
    ),
    "both right": lambda case: (case["first_is_right"] & case["second_is_right"]).any(),
    "both wrong": lambda case: (~case["first_is_right"] & ~case["second_is_right"]).any(),
    "twenty draws": lambda case: len(case["draws"]) == 20,
    "more draws": lambda case: len(case["draws"]) > 20,
    "a sentence drawn twice": lambda case: len(set(case["draws"][0].tolist())) < case["draws"].shape[1],
    "one sentence": lambda case: len(case["first_is_right"]) == 1,
    "ends unlike their neighbours": lambda case: len(case["draws"]) > 20 and _ends_stand_apart(**case),
    "differences out of order": lambda case: (np.diff(_differences(**case)) < 0).any(),
}


def _differences(first_is_right, second_is_right, draws):
    return (first_is_right.astype(float) - second_is_right.astype(float))[draws].mean(axis=1)


def _ends(values, left_out=None):
    values = np.sort(values)
    left_out = len(values) // 20 if left_out is None else left_out(len(values))
    return [values[left_out], values[len(values) - 1 - left_out]]


def _interval(ends=_ends, centre=None, differences=_differences, scale=lambda case: 1.0):
    """The answer from other ends, another centre or other differences."""

    def answer(**case):
        values = differences(**case)
        middle = _ahead(case) if centre is None else centre(values, case)
        return np.array([middle, *ends(values)]) * scale(case)

    return answer


reference = _interval()


def _accuracies(draws_of_second):
    """Both systems measured, the second on draws of its own."""

    def differences(first_is_right, second_is_right, draws):
        return first_is_right[draws].mean(axis=1) - second_is_right[draws_of_second(draws)].mean(axis=1)

    return differences


def _ends_subtracted(crosswise):
    def answer(**case):
        first = _ends(case["first_is_right"][case["draws"]].mean(axis=1))
        second = _ends(case["second_is_right"][case["draws"]].mean(axis=1))
        second = second[::-1] if crosswise else second
        return np.array([_ahead(case), first[0] - second[0], first[1] - second[1]])

    return answer


def _first_alone(first_is_right, second_is_right, draws):
    return first_is_right[draws].mean(axis=1) - second_is_right.mean()


def _second_alone(first_is_right, second_is_right, draws):
    return first_is_right.mean() - second_is_right[draws].mean(axis=1)


def _normal(values):
    return [values.mean() - 1.645 * values.std(), values.mean() + 1.645 * values.std()]


def _unlike(first_is_right, second_is_right, draws):
    return (first_is_right != second_is_right)[draws].mean(axis=1)


def _turned(**case):
    return reference(
        first_is_right=case["second_is_right"], second_is_right=case["first_is_right"], draws=case["draws"]
    )


def _ends_turned(**case):
    return reference(**case)[[0, 2, 1]]


def _unsorted(values):
    left_out = len(values) // 20
    return [values[left_out], values[len(values) - 1 - left_out]]


def _counts(case):
    return float(len(case["first_is_right"]))


def _ends_stand_apart(**case):
    """Whether the ends differ from the draws next to them, and the middle one and the mean from the test set.

    Only then does one left out too many or too few show, or another number in the middle.
    """
    values = np.sort(_differences(**case))
    low, high = len(values) // 20, len(values) - 1 - len(values) // 20
    neighbours = [values[place - 1 : place + 2] for place in (low, high)]
    is_apart = all((np.diff(triple) > 1e-9).all() for triple in neighbours)
    return is_apart and min(abs(np.median(values) - _ahead(case)), abs(values.mean() - _ahead(case))) > 1e-4


MISTAKES = {
    "drawn_apart": (
        _interval(differences=_accuracies(lambda draws: draws[::-1])),
        _interval(differences=_accuracies(lambda draws: np.roll(draws, 1, axis=0))),
        _interval(differences=_accuracies(lambda draws: np.roll(draws, -1, axis=0))),
    ),
    "ends_subtracted": (_ends_subtracted(False), _ends_subtracted(True)),
    "one_system_drawn": (_interval(differences=_first_alone), _interval(differences=_second_alone)),
    "second_minus_first": _turned,
    "sign_lost": (
        _interval(differences=_unlike),
        _interval(
            differences=_unlike,
            centre=lambda values, case: np.mean(case["first_is_right"] != case["second_is_right"]),
        ),
        _interval(differences=lambda **case: np.abs(_differences(**case))),
        _interval(
            differences=lambda **case: np.abs(_differences(**case)),
            centre=lambda values, case: abs(_ahead(case)),
        ),
    ),
    "mean_of_the_draws": _interval(centre=lambda values, case: values.mean()),
    "middle_of_the_draws": _interval(centre=lambda values, case: np.median(values)),
    "not_sorted": _interval(ends=_unsorted),
    "nothing_left_out": _interval(ends=lambda values: [values.min(), values.max()]),
    "other_share_left_out": (
        _interval(ends=lambda values: _ends(values, lambda number: number // 10)),
        _interval(ends=lambda values: _ends(values, lambda number: number // 40)),
    ),
    "one_too_few_left_out": (
        _interval(ends=lambda values: _ends(values, lambda number: number // 20 - 1)),
        _interval(ends=lambda values: [_ends(values)[0], np.sort(values)[-(len(values) // 20)]]),
        _interval(ends=lambda values: [np.sort(values)[len(values) // 20 - 1], _ends(values)[1]]),
    ),
    "one_too_many_left_out": _interval(ends=lambda values: _ends(values, lambda number: number // 20 + 1)),
    "interpolated": _interval(ends=lambda values: np.quantile(values, [0.05, 0.95])),
    "normal_interval": _interval(ends=_normal),
    "ends_swapped": _ends_turned,
    "counts_for_shares": _interval(scale=_counts),
}
