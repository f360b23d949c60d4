"""Right answers to `rank_correlation` in other styles."""

import numpy as np
from keras import ops


def in_numpy(predicted, gold):
    def ranks(numbers):
        _, inverse, counts = np.unique(np.asarray(numbers), return_inverse=True, return_counts=True)
        return (np.cumsum(counts) - (counts - 1) / 2)[inverse]

    return np.corrcoef(ranks(predicted), ranks(gold))[0, 1]


def by_hand(predicted, gold):
    def ranks(numbers):
        numbers = np.asarray(numbers).tolist()
        ordered = sorted(numbers)
        return [ordered.index(number) + 1 + (ordered.count(number) - 1) / 2 for number in numbers]

    x, y = ranks(predicted), ranks(gold)
    mean = (len(x) + 1) / 2
    both = sum((a - mean) * (b - mean) for a, b in zip(x, y, strict=True))
    squares = sum((a - mean) ** 2 for a in x) * sum((b - mean) ** 2 for b in y)
    return both / squares**0.5


def mean_of_both_ends(predicted, gold):
    def ranks(numbers):
        lowest = ops.sum(ops.cast(numbers[:, None] > numbers[None, :], "float32"), axis=1) + 1.0
        highest = ops.sum(ops.cast(numbers[:, None] >= numbers[None, :], "float32"), axis=1)
        return (lowest + highest) / 2.0

    x, y = ranks(predicted), ranks(gold)
    x, y = (x - ops.mean(x)) / ops.std(x), (y - ops.mean(y)) / ops.std(y)
    return ops.mean(x * y)


def from_the_top(predicted, gold):
    def ranks(numbers):
        return ops.sum(ops.sign(numbers[None, :] - numbers[:, None]), axis=1)

    x, y = ranks(predicted), ranks(gold)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x**2)) / ops.sqrt(ops.sum(y**2))


def with_searchsorted(predicted, gold):
    def ranks(numbers):
        numbers = np.asarray(numbers)
        ordered = np.sort(numbers)
        return (np.searchsorted(ordered, numbers, "left") + np.searchsorted(ordered, numbers, "right")) / 2

    x, y = ranks(predicted), ranks(gold)
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))
