"""Verdict of `kneser_ney_bigram`: discounted bigrams, interpolated with continuation probabilities."""

import numpy as np


def _random_counts(generator, size, share):
    """(V, V) counts with many zeros, ones and twos and a few large ones; every token seen somewhere."""
    counts = np.floor(generator.exponential(2.0, (size, size))) * (generator.random((size, size)) < share)
    counts[generator.integers(size), generator.integers(size)] += 97
    counts[np.arange(size), generator.permutation(size)] += 1
    counts[0, :2] = (2, 3)
    return counts


def draw(generator):
    """Bigram counts (V, V) with a context that was never seen, and discounts between 0 and 1."""
    small = np.array([[0.0, 1.0, 7.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]])[generator.permutation(3)]
    cases = [{"counts": small, "discount": 0.5}]
    for size, share, discount in (
        (3, 0.5, 0.75),
        (5, 0.6, 0.3),
        (7, 0.4, 0.9),
        (13, 0.5, 1.0),
        (11, 0.2, 0.0),
    ):
        counts = _random_counts(generator, size, share)
        if size > 3:
            counts[generator.integers(1, size)] = 0.0
        cases.append({"counts": counts, "discount": discount})
    cases[3]["counts"][:, 0] = 0.0
    return cases


CONDITIONS = {
    "a context that was never seen": lambda case: (case["counts"].sum(axis=1) == 0).any(),
    "no context that was never seen": lambda case: case["counts"].sum(axis=1).all(),
    "a word that follows nothing": lambda case: (case["counts"].sum(axis=0) == 0).any(),
    "pairs seen exactly once": lambda case: (case["counts"] == 1).any() and 0 < case["discount"] < 1,
    "a discount of 0": lambda case: case["discount"] == 0,
    "a discount of 1": lambda case: case["discount"] == 1 and (case["counts"] == 1).any(),
}


def _continuation(counts):
    contexts = (counts > 0).sum(axis=0)
    return contexts / contexts.sum()


def _interpolate(counts, kept, weights, shorter):
    """`kept / c(h) + weights · shorter`, and the shorter model alone where the context was never seen."""
    totals = counts.sum(axis=1, keepdims=True)
    seen = totals > 0
    return np.where(seen, kept / np.where(seen, totals, 1) + np.where(seen, weights, 1) * shorter, shorter)


def _weights(counts, discount):
    followers = (counts > 0).sum(axis=1, keepdims=True)
    return discount * followers / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def reference(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return _interpolate(counts, kept, _weights(counts, discount), _continuation(counts))


def _empty_context_nan(counts, discount):
    totals = counts.sum(axis=1, keepdims=True)
    followers = (counts > 0).sum(axis=1, keepdims=True)
    kept = np.maximum(counts - discount, 0)
    return kept / totals + discount * followers / totals * _continuation(counts)


def _empty_context_zero(counts, discount):
    return np.where(counts.sum(axis=1, keepdims=True) > 0, reference(counts, discount), 0.0)


def _discount_not_given_back(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return kept / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def _discount_lost_but_shorter_for_unseen(counts, discount):
    seen = counts.sum(axis=1, keepdims=True) > 0
    return np.where(seen, _discount_not_given_back(counts, discount), _continuation(counts))


def _shorter_counts_tokens(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return _interpolate(counts, kept, _weights(counts, discount), counts.sum(axis=0) / counts.sum())


def _shorter_is_uniform(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return _interpolate(counts, kept, _weights(counts, discount), np.full(counts.shape, 1 / len(counts)))


def _counts_below_zero(counts, discount):
    return _interpolate(counts, counts - discount, _weights(counts, discount), _continuation(counts))


def _weight_is_the_discount(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return _interpolate(counts, kept, np.full((len(counts), 1), discount), _continuation(counts))


def _shorter_only_for_unseen_pairs(counts, discount):
    kept = np.maximum(counts - discount, 0)
    shorter = np.broadcast_to(_continuation(counts), counts.shape)
    whole = _interpolate(counts, kept, _weights(counts, discount), shorter)
    return np.where(counts > 0, kept / np.maximum(counts.sum(axis=1, keepdims=True), 1), whole)


def _not_discounted(counts, discount):
    return _interpolate(counts, counts, _weights(counts, discount), _continuation(counts))


def _contexts_for_followers(axis):
    """N₁₊(•v), or N₁₊(•w), where N₁₊(v•) belongs."""

    def interpolated(counts, discount):
        contexts = np.expand_dims((counts > 0).sum(axis=0), axis)
        weights = discount * contexts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        return _interpolate(counts, np.maximum(counts - discount, 0), weights, _continuation(counts))

    return interpolated


def _shorter_in_the_wrong_direction(counts, discount):
    kept = np.maximum(counts - discount, 0)
    return _interpolate(counts, kept, _weights(counts, discount), _continuation(counts.T))


def _linear(counts, discount):
    """A share of every count in place of an amount."""
    weights = np.full((len(counts), 1), discount)
    return _interpolate(counts, (1 - discount) * counts, weights, _continuation(counts))


def _empty_context_uniform(counts, discount):
    seen = counts.sum(axis=1, keepdims=True) > 0
    return np.where(seen, reference(counts, discount), 1 / len(counts))


MISTAKES = {
    "empty_context_nan": _empty_context_nan,
    "empty_context_zero": _empty_context_zero,
    "empty_context_uniform": _empty_context_uniform,
    "discount_not_given_back": (_discount_not_given_back, _discount_lost_but_shorter_for_unseen),
    "not_discounted": _not_discounted,
    "counts_below_zero": _counts_below_zero,
    "shorter_counts_tokens": _shorter_counts_tokens,
    "shorter_is_uniform": _shorter_is_uniform,
    "shorter_in_the_wrong_direction": _shorter_in_the_wrong_direction,
    "weight_is_the_discount": _weight_is_the_discount,
    "followers_of_the_wrong_axis": (_contexts_for_followers(0), _contexts_for_followers(1)),
    "share_not_amount": _linear,
    "shorter_only_for_unseen_pairs": _shorter_only_for_unseen_pairs,
}
