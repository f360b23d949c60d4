"""Verdict of `rank_correlation`: Pearson's correlation of ranks, of equal numbers the mean of their ranks."""

import numpy as np


def draw(generator):
    """Numbers with ties in one list, in both and in none; with and against each other; small and large."""
    cases = []
    for size, scale in ((5, 1.0), (7, 1e3), (11, 1e-2), (13, 1.0)):
        predicted = np.sort(generator.normal(0, 1, size))
        gold = np.round(1.5 * (predicted + generator.normal(0, 0.5, size)))
        gold[1], gold[-1] = gold[0], gold.max() + 1  # equal ones, and not all
        order = generator.permutation(size)
        predicted = np.exp(2 * predicted) * scale  # not along a line
        cases.append({"predicted": predicted[order], "gold": gold[order]})
    level = generator.permutation([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 5]).astype(float)
    both = {"predicted": level, "gold": np.floor((level + generator.integers(0, 4, 13)) / 2)}
    both["gold"][:2] = both["gold"][2]
    line = generator.normal(0, 1, 11)
    against = generator.normal(0, 1, 7)
    fixed = {"predicted": np.array([0.1, 0.4, 0.2, 0.9, 0.3]), "gold": np.array([3.0, 7.0, 7.0, 9.0, 1.0])}
    return [
        *cases,
        both,
        {"predicted": against, "gold": -np.exp(against)},
        {"predicted": line, "gold": (line + generator.normal(0, 0.5, 11)) ** 3},
        fixed,
    ]


def _has_ties(numbers):
    return len(set(numbers.tolist())) < len(numbers)


CONDITIONS = {
    "equal numbers in one": lambda case: _has_ties(case["gold"]) and not _has_ties(case["predicted"]),
    "equal numbers in both": lambda case: _has_ties(case["gold"]) and _has_ties(case["predicted"]),
    "no equal numbers": lambda case: not _has_ties(case["gold"]) and not _has_ties(case["predicted"]),
    "a negative correlation": lambda case: reference(**case) < -0.99,
    "a positive correlation": lambda case: reference(**case) > 0.1,
    "negative numbers": lambda case: (case["predicted"] < 0).any(),
    "large numbers": lambda case: np.abs(case["predicted"]).max() > 200,
    "small numbers": lambda case: np.abs(case["predicted"]).max() < 1,
}


def _ranks(numbers, equal=0.5):
    """Ranks from 1; `equal` is the share of its equals, itself among them, that a number stands behind."""
    below = (numbers[None, :] < numbers[:, None]).sum(axis=1)
    equals = (numbers[None, :] == numbers[:, None]).sum(axis=1)
    return below + 1 + equal * (equals - 1)


def _pearson(x, y):
    x, y = x - x.mean(), y - y.mean()
    return (x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum())


def _of_ranks(ranks, correlation=_pearson):
    def answer(predicted, gold):
        with np.errstate(all="ignore"):
            return correlation(ranks(predicted), ranks(gold))

    return answer


reference = _of_ranks(_ranks)


def _places(numbers):
    return np.argsort(numbers, kind="stable").astype("float64")


def _broken(numbers):
    return np.argsort(np.argsort(numbers, kind="stable"), kind="stable").astype("float64")


def _dense(numbers):
    return np.unique(numbers, return_inverse=True)[1].reshape(-1).astype("float64")


def _by_differences(x, y):
    return 1 - 6 * ((x - y) ** 2).sum() / (len(x) * (len(x) ** 2 - 1))


def _not_centred(x, y):
    return (x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum())


def _covariance(x, y):
    return ((x - x.mean()) * (y - y.mean())).mean()


def _kendall(with_ties):
    def answer(predicted, gold):
        signs = [np.sign(numbers[:, None] - numbers[None, :]) for numbers in (predicted, gold)]
        both = (signs[0] * signs[1]).sum()
        if with_ties:
            return both / np.sqrt((signs[0] ** 2).sum() * (signs[1] ** 2).sum())
        return both / (len(predicted) * (len(predicted) - 1))

    return answer


def _one_ranked(which):
    def answer(predicted, gold):
        return _pearson(*(_ranks(n) if i == which else n for i, n in enumerate((predicted, gold))))

    return answer


def _finished(change):
    return lambda predicted, gold: change(reference(predicted, gold))


MISTAKES = {
    "ranks_missing": _of_ranks(lambda numbers: numbers),
    "one_ranked": (_one_ranked(0), _one_ranked(1)),
    "ties_broken": (
        _of_ranks(_broken),
        _of_ranks(_broken, lambda x, y: _by_differences(x, y)),
    ),
    "ties_share_an_end": (
        _of_ranks(lambda numbers: _ranks(numbers, 0.0)),
        _of_ranks(lambda numbers: _ranks(numbers, 1.0)),
        _of_ranks(_dense),
    ),
    "formula_without_ties": _of_ranks(_ranks, _by_differences),
    "argsort_for_ranks": (_of_ranks(_places), _of_ranks(_places, _by_differences)),
    "sign_turned": _finished(lambda r: -r),
    "sign_lost": (_finished(abs), _finished(lambda r: r * r)),
    "not_centred": (
        _of_ranks(_ranks, _not_centred),
        _of_ranks(lambda numbers: _ranks(numbers) - 1, _not_centred),
    ),
    "not_divided": (
        _of_ranks(_ranks, _covariance),
        _of_ranks(_ranks, lambda x, y: _covariance(x, y) * len(x)),
        _of_ranks(_ranks, lambda x, y: _covariance(x, y) * len(x) / (len(x) - 1)),
    ),
    "root_missing": _of_ranks(
        _ranks, lambda x, y: _covariance(x, y) * len(x) / (len(x) ** 2 * x.var() * y.var())
    ),
    "pairs_counted": (_kendall(True), _kendall(False)),
}
