"""Verdict of `pair_price`: entropies of two words, and what saying them independently costs."""

import numpy as np


def draw(generator):
    """Tables of counts (V, W): dense, sparse, of one choice, and independent ones."""
    cases = []
    for rows, columns, size, share in (
        (2, 3, 1.0, 0.0),
        (3, 5, 7.0, 0.3),
        (7, 5, 100.0, 0.5),
        (5, 5, 0.01, 0.2),
    ):
        counts = generator.gamma(0.7, size, (rows, columns)) + 0.05 * size
        counts[generator.random(counts.shape) < share] = 0
        counts[0, :2] = size, 3 * size
        counts[1, 0] = 2 * size
        if share:
            counts[-1] = 0  # a word that never comes
            counts[-2, -1] = 0
        cases.append({"counts": counts})
    one, other = generator.integers(1, 9, 3), generator.integers(1, 9, 5)
    cases.append({"counts": np.outer(one, other + np.arange(5)).astype("float64")})
    cases.append({"counts": np.diag(generator.integers(1, 9, 3) + np.arange(3.0))})
    return cases


def _joint(case):
    return case["counts"] / case["counts"].sum()


CONDITIONS = {
    "a pair that never comes": lambda case: (case["counts"] == 0).any(),
    "a word that never comes": lambda case: (case["counts"].sum(axis=1) == 0).any(),
    "a table without zeros": lambda case: (case["counts"] > 0).all(),
    "counts that sum to more than 1": lambda case: case["counts"].sum() > 1.5,
    "counts that sum to less than 1": lambda case: case["counts"].sum() < 0.9,
    "words that do not depend on each other": lambda case: (
        reference(case["counts"].astype("float64"))[2] < 1e-9
    ),
    "one word that tells the other": lambda case: (
        case["counts"].shape[0] == case["counts"].shape[1]
        and np.count_nonzero(case["counts"]) == len(case["counts"])
    ),
    "as many first as second words": lambda case: len(set(case["counts"].shape)) == 1,
    "more first words than second ones": lambda case: case["counts"].shape[0] > case["counts"].shape[1],
}


def _entropy(probabilities):
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    return -(probabilities * logs).sum()


def _normalised(counts):
    return counts / counts.sum()


def _unweighted(probabilities):
    return -np.log(probabilities[probabilities > 0]).mean()


def _parts(by_themselves, together, price=None):
    price = by_themselves - together if price is None else price
    return np.array([by_themselves, together, price])


def _with(entropy=_entropy, normalised=_normalised, axes=(1, 0), parts=_parts, together=None):
    """The answer with parts exchanged."""

    def answer(counts):
        joint = normalised(counts)
        marginals = sum(entropy(joint.sum(axis=axis)) for axis in axes)
        return parts(marginals, entropy(joint) if together is None else together(joint))

    return answer


reference = _with()


def _rows_weighed_alike(counts):
    shares = _rows_normalised(counts)
    return shares / max(shares.sum(), 1e-300)


def _of_logarithms_of_counts(counts):
    def entropy(counts):
        logs = np.log(np.where(counts > 0, counts, 1.0))
        return -(counts / counts.sum() * logs).sum()

    return _parts(entropy(counts.sum(axis=1)) + entropy(counts.sum(axis=0)), entropy(counts))


def _three_entropies(counts):
    joint = _normalised(counts)
    return np.array([_entropy(joint.sum(axis=1)), _entropy(joint.sum(axis=0)), _entropy(joint)])


def _conditional(joint):
    """H(second | first)."""
    return _entropy(joint) - _entropy(joint.sum(axis=1))


def _rows_normalised(counts):
    total = counts.sum(axis=1, keepdims=True)
    return counts / np.where(total > 0, total, 1.0)


def _absolute(counts):
    joint = _normalised(counts)
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    return np.array([*reference(counts)[:2], np.abs(joint - product).sum()])


def _price_of(function):
    """Another price of the right entropies."""

    def answer(counts):
        by_themselves, together, _ = reference(counts)
        return _parts(by_themselves, together, function(by_themselves, together))

    return answer


MISTAKES = {
    "counts_not_normalised": _with(normalised=lambda counts: counts),
    "rows_normalised": _with(normalised=_rows_normalised),
    "rows_weighed_alike": _with(normalised=_rows_weighed_alike),
    "one_added_to_the_counts": _with(normalised=lambda counts: _normalised(counts + 1)),
    "logarithms_of_counts": _of_logarithms_of_counts,
    "price_missing": _three_entropies,
    "in_bits": _with(entropy=lambda probabilities: _entropy(probabilities) / np.log(2)),
    "unweighted": (
        _with(entropy=_unweighted),
        _with(entropy=lambda probabilities: _unweighted(probabilities) * (probabilities > 0).sum()),
    ),
    "one_word_twice": (_with(axes=(1, 1)), _with(axes=(0, 0))),
    "one_word_alone": (_with(axes=(1,)), _with(axes=(0,))),
    "mean_of_the_two": _with(parts=lambda one, other: _parts(one / 2, other)),
    "conditional_for_joint": (
        _with(together=_conditional),
        _with(together=lambda joint: _conditional(joint.T)),
    ),
    "sign_flipped": (
        _with(entropy=lambda probabilities: -_entropy(probabilities)),
        _price_of(lambda by_themselves, together: together - by_themselves),
    ),
    "swapped": _with(parts=lambda one, other: _parts(other, one, one - other)),
    "ratio_for_difference": (
        _price_of(lambda by_themselves, together: by_themselves / max(together, 1e-300)),
        _price_of(lambda by_themselves, together: by_themselves / max(together, 1e-300) - 1),
        _price_of(lambda by_themselves, together: (by_themselves - together) / max(together, 1e-300)),
    ),
    "absolute_differences": _absolute,
}


def _has_nan(arguments, received, expected):
    values = np.asarray(received)
    return values.shape == (3,) and (arguments["counts"] == 0).any() and np.isnan(values[1:]).all()


SYMPTOMS = {"zero_times_minus_infinity": _has_nan}
