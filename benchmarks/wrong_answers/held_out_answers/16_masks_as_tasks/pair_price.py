import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _entropy(p):
    return -ops.sum(p * ops.log(ops.where(p > 0, p, 1.0)))


def _figures(alone, together):
    return ops.stack([alone, together, alone - together])


def right_1(counts):
    p = counts / ops.sum(counts)
    alone = _entropy(ops.sum(p, axis=1)) + _entropy(ops.sum(p, axis=0))
    return _figures(alone, _entropy(p))


def right_2(counts):
    table = ops.convert_to_numpy(counts).astype("float64")

    def entropy(numbers):
        numbers = numbers[numbers > 0] / numbers.sum()
        return float(-(numbers * np.log(numbers)).sum())

    alone = entropy(table.sum(axis=1)) + entropy(table.sum(axis=0))
    together = entropy(table.ravel())
    return ops.convert_to_tensor([alone, together, alone - together], dtype="float32")


def right_3(counts):
    """By way of the divergence from the product of the two words' distributions."""
    p = ops.convert_to_numpy(counts).astype("float64")
    p = p / p.sum()
    first, second = p.sum(axis=1).tolist(), p.sum(axis=0).tolist()
    together = price = 0.0
    for v in range(p.shape[0]):
        for w in range(p.shape[1]):
            if p[v, w] > 0:
                together -= p[v, w] * np.log(p[v, w])
                price += p[v, w] * (np.log(p[v, w]) - np.log(first[v]) - np.log(second[w]))
    return ops.convert_to_tensor([together + price, together, price], dtype="float32")


def wrong_1(counts):
    """No case for 0 log 0. Wrong on: counts of 0 (nan)."""
    p = counts / ops.sum(counts)
    first, second = ops.sum(p, axis=1), ops.sum(p, axis=0)
    alone = -ops.sum(first * ops.log(first)) - ops.sum(second * ops.log(second))
    return _figures(alone, -ops.sum(p * ops.log(p)))


def wrong_2(counts):
    """In bits, not nats. Wrong on: any two words that are not certain."""
    return right_1(counts) / float(np.log(2.0))


def wrong_3(counts):
    """Counts are taken for probabilities. Wrong on: counts that are not 1 together."""
    alone = _entropy(ops.sum(counts, axis=1)) + _entropy(ops.sum(counts, axis=0))
    return _figures(alone, _entropy(counts))


def wrong_4(counts):
    """The price with the other sign. Wrong on: words that depend on each other."""
    alone, together, price = ops.unstack(right_1(counts))
    return ops.stack([alone, together, -price])


def wrong_5(counts):
    """Adds one to every count. Wrong on: counts that are not all equal."""
    return right_1(counts + 1.0)


def wrong_6(counts):
    """The mean of the two words' entropies. Wrong on: words that are not certain."""
    p = counts / ops.sum(counts)
    alone = 0.5 * (_entropy(ops.sum(p, axis=1)) + _entropy(ops.sum(p, axis=0)))
    return _figures(alone, _entropy(p))


def wrong_7(counts):
    """The three entropies, without the price. Wrong on: words that are not certain."""
    p = counts / ops.sum(counts)
    return ops.stack([_entropy(ops.sum(p, axis=1)), _entropy(ops.sum(p, axis=0)), _entropy(p)])


def wrong_8(counts):
    """The price as a ratio of both costs. Wrong on: anything (1 where the words are independent)."""
    p = counts / ops.sum(counts)
    alone = _entropy(ops.sum(p, axis=1)) + _entropy(ops.sum(p, axis=0))
    together = _entropy(p)
    return ops.stack([alone, together, alone / ops.maximum(together, 1e-7)])


def wrong_9(counts):
    """The first word's entropy twice. Wrong on: words with unequal entropies."""
    p = counts / ops.sum(counts)
    alone = 2.0 * _entropy(ops.sum(p, axis=1))
    return _figures(alone, _entropy(p))


def wrong_10(counts):
    """Together stands for the second word, the first one known. Wrong on: uncertain first words."""
    p = counts / ops.sum(counts)
    first, second = _entropy(ops.sum(p, axis=1)), _entropy(ops.sum(p, axis=0))
    return _figures(first + second, _entropy(p) - first)


def wrong_11(counts):
    """Every row is made to be 1, so that the first words weigh the same. Wrong on: rows with unequal sums."""
    rows = ops.sum(counts, axis=1, keepdims=True)
    p = counts / ops.where(rows > 0, rows, 1.0)
    return right_1(p)


def wrong_12(counts):
    """Takes the product of the marginals for the table. Wrong on: words that depend on each other."""
    p = counts / ops.sum(counts)
    first, second = ops.sum(p, axis=1), ops.sum(p, axis=0)
    return _figures(_entropy(first) + _entropy(second), _entropy(ops.outer(first, second)))


def wrong_13(counts):
    """Means in place of sums. Wrong on: words that are not certain."""
    p = counts / ops.sum(counts)

    def entropy(q):
        return -ops.mean(q * ops.log(ops.where(q > 0, q, 1.0)))

    return _figures(entropy(ops.sum(p, axis=1)) + entropy(ops.sum(p, axis=0)), entropy(p))


def wrong_14(counts):
    """Perplexities in place of entropies. Wrong on: everything."""
    p = counts / ops.sum(counts)
    alone = ops.exp(_entropy(ops.sum(p, axis=1)) + _entropy(ops.sum(p, axis=0)))
    return _figures(alone, ops.exp(_entropy(p)))


def wrong_15(counts):
    """Whole counts only: what is behind the point is cut off. Wrong on: counts such as 0.5 or 2.5."""
    whole = ops.floor(counts)
    return right_1(ops.where(ops.sum(whole) > 0, whole, counts))


def wrong_16(counts):
    """Takes the counts for logits. Wrong on: any counts that are not all equal."""
    rows, columns = counts.shape
    p = ops.reshape(ops.softmax(ops.reshape(counts, (-1,))), (rows, columns))
    return right_1(p)


def wrong_17(counts):
    """Adds 0.01 in the logarithm against log 0. Wrong on: nearly all counts."""
    p = counts / ops.sum(counts)

    def entropy(q):
        return -ops.sum(q * ops.log(q + 0.01))

    return _figures(entropy(ops.sum(p, axis=1)) + entropy(ops.sum(p, axis=0)), entropy(p))


def wrong_18(counts):
    """The logarithm of the counts, weighed with probabilities. Wrong on: counts that are not 1 together."""
    p = counts / ops.sum(counts)

    def entropy(q, n):
        return -ops.sum(q * ops.log(ops.where(n > 0, n, 1.0)))

    alone = entropy(ops.sum(p, axis=1), ops.sum(counts, axis=1))
    alone = alone + entropy(ops.sum(p, axis=0), ops.sum(counts, axis=0))
    return _figures(alone, entropy(p, counts))
