"""Right answers to `pair_price` in other styles."""

import math

import numpy as np
from keras import ops


def in_loops(counts):
    counts = np.array(counts, "float64")
    total = float(counts.sum())

    def entropy(values):
        return -sum(v / total * math.log(v / total) for v in values if v > 0)

    first = [sum(row) for row in counts]
    second = [sum(row[w] for row in counts) for w in range(counts.shape[1])]
    alone, together = entropy(first) + entropy(second), entropy(counts.ravel())
    return np.array([alone, together, alone - together])


def by_the_divergence(counts):
    joint = np.array(counts, "float64") / np.array(counts, "float64").sum()
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0
    price = float((joint[seen] * np.log(joint[seen] / product[seen])).sum())
    together = -float((joint[seen] * np.log(joint[seen])).sum())
    return np.array([price + together, together, price], "float32")


def with_the_chain_rule(counts):
    counts = ops.cast(counts, "float32")
    joint = counts / ops.sum(counts)

    def plogp(p):
        return ops.where(p > 0, p * ops.log(ops.maximum(p, 1e-37)), 0.0)

    first = -ops.sum(plogp(ops.sum(joint, axis=1)))
    second = -ops.sum(plogp(ops.sum(joint, axis=0)))
    rows = ops.sum(joint, axis=1, keepdims=True)
    given = ops.where(rows > 0, joint / ops.where(rows > 0, rows, 1.0), 0.0)
    conditional = -ops.sum(rows * plogp(given))
    return ops.stack([first + second, first + conditional, second - conditional])
