"""Wrong answers to `kneser_ney_bigram` beside its mutants."""

import numpy as np
from keras import ops


def _answer(counts, discount, seen_from=0.0, shorter=None, weight=None, totals=None, kept=None):
    seen = ops.cast(counts > seen_from, "float32")
    shorter = ops.sum(seen, axis=0) / ops.sum(seen) if shorter is None else shorter
    sums = ops.sum(counts, axis=1, keepdims=True)
    totals = ops.maximum(sums, 1.0) if totals is None else totals
    kept = ops.maximum(counts - discount, 0.0) if kept is None else kept
    weight = discount * ops.sum(seen, axis=1, keepdims=True) / totals if weight is None else weight
    return ops.where(sums > 0, kept / totals + weight * shorter, shorter)


def zero_discount_replaced(counts, discount):
    return _answer(counts, discount or 0.75)


def pairs_above_the_discount_alone(counts, discount):
    return _answer(counts, discount, seen_from=discount)


def pairs_seen_once_forgotten(counts, discount):
    return _answer(counts, discount, seen_from=1.0)


def totals_after_the_discount(counts, discount):
    kept = ops.maximum(counts - discount, 0.0)
    return _answer(
        counts, discount, totals=ops.maximum(ops.sum(kept, axis=1, keepdims=True), 1e-9), kept=kept
    )


def weight_of_all_words(counts, discount):
    totals = ops.maximum(ops.sum(counts, axis=1, keepdims=True), 1.0)
    return _answer(counts, discount, weight=discount * counts.shape[0] / totals)


def weight_not_divided(counts, discount):
    followers = ops.sum(ops.cast(counts > 0, "float32"), axis=1, keepdims=True)
    return _answer(counts, discount, weight=discount * followers)


def totals_of_the_whole_table(counts, discount):
    return _answer(counts, discount, totals=ops.sum(counts))


def totals_of_columns(counts, discount):
    return _answer(counts, discount, totals=ops.maximum(ops.sum(counts, axis=0, keepdims=True), 1.0))


def stronger_discount_for_larger_counts(counts, discount):
    return _answer(counts, discount, kept=ops.maximum(counts - discount * ops.minimum(counts, 3.0), 0.0))


def rows_normalised_by_force(counts, discount):
    seen = ops.cast(counts > 0, "float32")
    mixed = ops.maximum(counts - discount, 0.0) + discount * ops.sum(seen, axis=0) / ops.sum(seen)
    return mixed / ops.sum(mixed, axis=1, keepdims=True)


def empty_context_zero__divided_without_nan(counts, discount):
    table = np.asarray(counts)
    seen, totals = table > 0, np.maximum(table.sum(axis=1, keepdims=True), 1e-9)
    mixed = np.maximum(table - discount, 0) + discount * seen.sum(1, keepdims=True) * seen.sum(0) / seen.sum()
    return mixed / totals
