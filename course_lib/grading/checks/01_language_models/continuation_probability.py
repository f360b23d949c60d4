"""Verdict of `continuation_probability`: in how many contexts a word occurs, as a distribution."""

import numpy as np


def _random_counts(generator, size, share):
    """(V, V) counts with many zeros, ones and twos and a few large ones; every token seen somewhere."""
    counts = np.floor(generator.exponential(2.0, (size, size))) * (generator.random((size, size)) < share)
    counts[generator.integers(size), generator.integers(size)] += 97
    counts[np.arange(size), generator.permutation(size)] += 1
    counts[0, :2] = (2, 3)
    return counts


def draw(generator):
    """Bigram counts (V, V), rows are contexts."""
    small = np.array([[0.0, 1.0, 7.0], [0.0, 2.0, 0.0], [1.0, 3.0, 0.0]])[generator.permutation(3)]
    sizes = ((3, 0.5), (5, 0.6), (13, 0.5), (29, 0.2))
    cases = [{"counts": small}, *({"counts": _random_counts(generator, *size)} for size in sizes)]
    with_padding, one_pair = np.zeros((7, 7)), np.zeros((3, 3))
    with_padding[1:, 1:] = _random_counts(generator, 6, 0.3)
    one_pair[1, 2] = 5
    return [*cases, {"counts": with_padding}, {"counts": one_pair}]


CONDITIONS = {
    "a word that follows nothing": lambda case: (case["counts"].sum(axis=0) == 0).any(),
    "a context that was never seen": lambda case: (case["counts"].sum(axis=1) == 0).any(),
    "pairs seen exactly once": lambda case: (case["counts"] == 1).any(),
    "a count that outweighs all others": lambda case: case["counts"].max() > 0.5 * case["counts"].sum(),
    "a word that follows itself": lambda case: np.diag(case["counts"]).any(),
    "one pair": lambda case: (case["counts"] > 0).sum() == 1,
}


def reference(counts):
    contexts = (counts > 0).sum(axis=0)
    return contexts / contexts.sum()


def _counts_tokens(counts):
    return counts.sum(axis=0) / counts.sum()


def _wrong_direction(counts):
    return reference(counts.T)


def _not_normalised(counts):
    return (counts > 0).sum(axis=0).astype("float64")


def _divided_by_vocabulary(counts):
    return (counts > 0).sum(axis=0) / len(counts)


def _divided_by_tokens(counts):
    return (counts > 0).sum(axis=0) / counts.sum()


def _more_than_once(counts):
    contexts = (counts > 1).sum(axis=0)
    return contexts / contexts.sum()


def _not_seen_counted(counts):
    """Every pair counts, seen or not: the comparison is `>=`."""
    return np.full(len(counts), 1 / len(counts))


def _without_itself(counts):
    contexts = (counts * (1 - np.eye(len(counts))) > 0).sum(axis=0)
    return contexts / contexts.sum()


MISTAKES = {
    "counts_tokens": _counts_tokens,
    "wrong_direction": _wrong_direction,
    "not_normalised": _not_normalised,
    "divided_by_vocabulary": _divided_by_vocabulary,
    "divided_by_tokens": _divided_by_tokens,
    "more_than_once": _more_than_once,
    "not_seen_counted": _not_seen_counted,
    "without_itself": _without_itself,
}
