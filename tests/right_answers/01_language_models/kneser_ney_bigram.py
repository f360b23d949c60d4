"""Right answers to `kneser_ney_bigram` in other styles."""

import numpy as np
from keras import ops


def in_numpy(counts, discount):
    counts = np.asarray(counts, dtype="float64")
    continuation = (counts > 0).sum(0) / (counts > 0).sum()
    totals = counts.sum(1)[:, None]
    result = np.repeat(continuation[None], len(counts), axis=0)
    kept = np.clip(counts - discount, 0, None) + discount * (counts > 0).sum(1)[:, None] * continuation
    np.divide(kept, totals, out=result, where=totals > 0)
    return result


def in_loops(counts, discount):
    table = counts.numpy().tolist()
    pairs = sum(count > 0 for row in table for count in row)
    shorter = [sum(row[word] > 0 for row in table) / pairs for word in range(len(table))]
    result = []
    for row in table:
        total, followers = sum(row), sum(count > 0 for count in row)
        if total == 0:
            result.append(shorter)
            continue
        share = discount * followers / total
        result.append([max(n - discount, 0) / total + share * p for n, p in zip(row, shorter, strict=True)])
    return result


def what_is_missing_to_one(counts, discount):
    continuation = ops.mean(ops.cast(counts > 0, "float32"), axis=0)
    continuation = continuation / ops.sum(continuation)
    kept = ops.relu(counts - discount) / ops.maximum(ops.sum(counts, axis=1, keepdims=True), 1.0)
    return kept + (1.0 - ops.sum(kept, axis=1, keepdims=True)) * continuation


def division_without_nan(counts, discount):
    seen = ops.cast(ops.greater(counts, 0), "float32")
    shorter = ops.sum(seen, 0) / ops.sum(seen)
    totals = ops.sum(counts, -1, keepdims=True)
    kept = ops.divide_no_nan(ops.maximum(counts - discount, 0), totals)
    weight = ops.divide_no_nan(discount * ops.sum(seen, -1, keepdims=True), totals)
    return kept + ops.where(totals == 0, 1.0, weight) * shorter
