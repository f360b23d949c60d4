"""Right answers to `paired_interval` in other styles."""

import numpy as np
from keras import ops


def in_numpy(first_is_right, second_is_right, draws):
    first, second, draws = np.asarray(first_is_right), np.asarray(second_is_right), np.asarray(draws)
    differences = np.sort(first[draws].mean(axis=1) - second[draws].mean(axis=1))
    cut = len(differences) // 20
    return np.array([first.mean() - second.mean(), differences[cut], differences[len(differences) - cut - 1]])


def as_a_list(first_is_right, second_is_right, draws):
    first, second = np.asarray(first_is_right).tolist(), np.asarray(second_is_right).tolist()
    size = len(first)
    differences = sorted(
        sum(first[number] - second[number] for number in draw) / size for draw in np.asarray(draws).tolist()
    )
    rest = differences[len(differences) // 20 : len(differences) - len(differences) // 20]
    return [(sum(first) - sum(second)) / size, min(rest), max(rest)]


def systems_apart(first_is_right, second_is_right, draws):
    def accuracy(is_right, draws):
        return ops.mean(ops.cast(ops.take(is_right, draws, axis=0), "float32"), axis=-1)

    whole = ops.arange(first_is_right.shape[0])
    differences = ops.sort(accuracy(first_is_right, draws) - accuracy(second_is_right, draws))
    cut = draws.shape[0] // 20
    middle = accuracy(first_is_right, whole) - accuracy(second_is_right, whole)
    return ops.stack([middle, differences[cut], differences[draws.shape[0] - 1 - cut]])


def by_counts(first_is_right, second_is_right, draws):
    ahead = np.asarray(first_is_right).astype("float64") - np.asarray(second_is_right)
    size = len(ahead)
    counts = np.stack([np.bincount(draw, minlength=size) for draw in np.asarray(draws)])
    differences = np.sort(counts @ ahead / size)
    cut = len(differences) // 20
    return [float(ahead.mean()), float(differences[cut]), float(differences[-cut - 1])]
