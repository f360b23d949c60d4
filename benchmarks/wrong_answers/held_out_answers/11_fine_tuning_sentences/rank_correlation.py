import keras
import numpy as np
from keras import ops


def _mean_ranks(x):
    less = ops.sum(ops.cast(x[None, :] < x[:, None], "float32"), axis=1)
    same = ops.sum(ops.cast(ops.equal(x[None, :], x[:, None]), "float32"), axis=1)
    return less + (same + 1.0) / 2.0


def _pearson(x, y):
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def _ordinal(x):
    return ops.cast(ops.argsort(ops.argsort(x)), "float32") + 1.0


def right_1(predicted, gold):
    """Every number is compared with all the others."""
    return _pearson(_mean_ranks(predicted), _mean_ranks(gold))


def right_2(predicted, gold):
    """Distinct values with their counts; the mean rank of a value ends its run, less half of it."""

    def ranks(x):
        _, which, counts = np.unique(ops.convert_to_numpy(x), return_inverse=True, return_counts=True)
        return (np.cumsum(counts) - (counts - 1) / 2.0)[which.reshape(-1)]

    return ops.convert_to_tensor(np.corrcoef(ranks(predicted), ranks(gold))[0, 1], dtype="float32")


def right_3(predicted, gold):
    """Ranks by the two ends of a search in the sorted numbers, then unit vectors."""

    def unit(x):
        ordered = ops.sort(x)
        low = ops.searchsorted(ordered, x, side="left")
        high = ops.searchsorted(ordered, x, side="right")
        rank = ops.cast(low + high, "float32")
        rank = rank - ops.mean(rank)
        return rank / ops.norm(rank)

    return ops.dot(unit(predicted), unit(gold))


def right_4(predicted, gold):
    """Sums of signs of differences are twice the ranks, already centred."""
    p = ops.convert_to_numpy(predicted)
    g = ops.convert_to_numpy(gold)
    x = np.sign(np.subtract.outer(p, p).astype("float64")).sum(axis=1)
    y = np.sign(np.subtract.outer(g, g).astype("float64")).sum(axis=1)
    return ops.convert_to_tensor(np.sum(x * y) / np.sqrt(np.sum(x**2) * np.sum(y**2)), dtype="float32")


def wrong_1(predicted, gold):
    """Pearson's correlation of the numbers themselves. Wrong on: numbers that are not evenly spaced."""
    return _pearson(ops.cast(predicted, "float32"), ops.cast(gold, "float32"))


def wrong_2(predicted, gold):
    """Equal numbers get different ranks by where they stand. Wrong on: equal numbers."""
    return _pearson(_ordinal(predicted), _ordinal(gold))


def wrong_3(predicted, gold):
    """argsort once, which gives places and not ranks. Wrong on: orders that are not their own inverse."""
    return _pearson(ops.cast(ops.argsort(predicted), "float32"), ops.cast(ops.argsort(gold), "float32"))


def wrong_4(predicted, gold):
    """Equal numbers share the lowest of their ranks. Wrong on: equal numbers."""

    def ranks(x):
        return ops.cast(ops.searchsorted(ops.sort(x), x, side="left"), "float32")

    return _pearson(ranks(predicted), ranks(gold))


def wrong_5(predicted, gold):
    """Dense ranks, the next number gets the next rank. Wrong on: equal numbers."""

    def ranks(x):
        inverse = np.unique(ops.convert_to_numpy(x), return_inverse=True)[1]
        return ops.convert_to_tensor(inverse.astype("float32"))

    return _pearson(ranks(predicted), ranks(gold))


def wrong_6(predicted, gold):
    """The short formula with squared differences. Wrong on: equal numbers."""
    n = predicted.shape[0]
    d = _mean_ranks(predicted) - _mean_ranks(gold)
    return 1.0 - 6.0 * ops.sum(d * d) / (n * (n * n - 1.0))


def wrong_7(predicted, gold):
    """The ranks are not centred: their cosine. Wrong on: all but perfect agreement."""
    x, y = _mean_ranks(predicted), _mean_ranks(gold)
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def wrong_8(predicted, gold):
    """Kendall's tau-b in place of Spearman. Wrong on: nearly all but perfect agreement."""
    p, g = ops.convert_to_numpy(predicted), ops.convert_to_numpy(gold)
    x = np.sign(p[:, None] - p[None, :]).astype("float64")
    y = np.sign(g[:, None] - g[None, :]).astype("float64")
    return ops.convert_to_tensor((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()), dtype="float32")


def wrong_9(predicted, gold):
    """Equal numbers share the highest of their ranks. Wrong on: equal numbers."""

    def ranks(x):
        return ops.sum(ops.cast(x[None, :] <= x[:, None], "float32"), axis=1)

    return _pearson(ranks(predicted), ranks(gold))


def wrong_10(predicted, gold):
    """Only predictions are ranked. Wrong on: gold numbers that are not evenly spaced."""
    return _pearson(_mean_ranks(predicted), ops.cast(gold, "float32"))


def wrong_11(predicted, gold):
    """The root is forgotten in the denominator. Wrong on: n > 2."""
    x, y = _mean_ranks(predicted), _mean_ranks(gold)
    x, y = x - ops.mean(x), y - ops.mean(y)
    return ops.sum(x * y) / (ops.sum(x * x) * ops.sum(y * y))


def wrong_12(predicted, gold):
    """The covariance divides by n - 1, the deviations by n. Wrong on: r other than 0, worst for small n."""
    x, y = _mean_ranks(predicted), _mean_ranks(gold)
    cov = ops.sum((x - ops.mean(x)) * (y - ops.mean(y))) / (predicted.shape[0] - 1)
    return cov / (ops.std(x) * ops.std(y))


def wrong_13(predicted, gold):
    """Numbers are rounded to two digits before they are ranked. Wrong on: cosines that lie close together."""
    p = ops.round(ops.cast(predicted, "float32") * 100.0)
    g = ops.round(ops.cast(gold, "float32") * 100.0)
    return _pearson(_mean_ranks(p), _mean_ranks(g))


def wrong_14(predicted, gold):
    """The size of r without its sign. Wrong on: r below 0."""
    return ops.abs(_pearson(_mean_ranks(predicted), _mean_ranks(gold)))


def wrong_15(predicted, gold):
    """Mean ranks for gold only; predictions are ranked by place. Wrong on: equal predictions."""
    return _pearson(_ordinal(predicted), _mean_ranks(gold))


def wrong_16(predicted, gold):
    """Mean ranks are cut to whole numbers. Wrong on: an even number of equal values."""

    def ranks(x):
        return ops.floor(_mean_ranks(x))

    return _pearson(ranks(predicted), ranks(gold))


def wrong_17(predicted, gold):
    """One list is ranked from the top, the other from the bottom. Wrong on: r other than 0 (its sign)."""
    return _pearson(_mean_ranks(-predicted), _mean_ranks(gold))


def wrong_18(predicted, gold):
    """Both lists are ranked together. Wrong on: lists whose scales overlap in part."""
    n = predicted.shape[0]
    both = ops.concatenate([ops.cast(predicted, "float32"), ops.cast(gold, "float32")])
    ranks = _mean_ranks(both)
    return _pearson(ranks[:n], ranks[n:])


def wrong_19(predicted, gold):
    """Ranks are shared with the next neighbour only. Wrong on: three or more equal numbers."""

    def ranks(x):
        x = ops.convert_to_numpy(x)
        order = np.argsort(x, kind="stable")
        rank = np.empty(len(x))
        i = 0
        while i < len(x):
            if i + 1 < len(x) and x[order[i]] == x[order[i + 1]]:
                rank[order[i]] = rank[order[i + 1]] = i + 1.5
                i += 2
            else:
                rank[order[i]] = i + 1.0
                i += 1
        return ops.convert_to_tensor(rank.astype("float32"))

    return _pearson(ranks(predicted), ranks(gold))


def wrong_20(predicted, gold):
    """Ranks from 1 are centred by n / 2. Wrong on: nearly all inputs, worst for small n."""
    half = predicted.shape[0] / 2.0
    x, y = _mean_ranks(predicted) - half, _mean_ranks(gold) - half
    return ops.sum(x * y) / ops.sqrt(ops.sum(x * x) * ops.sum(y * y))


def wrong_21(predicted, gold):
    """Shape (1,) where a scalar is wanted. Wrong on: all inputs (shape)."""
    r = _pearson(_mean_ranks(predicted), _mean_ranks(gold))
    return keras.ops.reshape(r, (1,))
