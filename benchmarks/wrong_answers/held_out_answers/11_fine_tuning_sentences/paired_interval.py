import keras
import numpy as np
from keras import ops


def _ahead(first, second):
    return ops.cast(first, "float32") - ops.cast(second, "float32")


def _sorted_means(first, second, draws):
    return ops.sort(ops.mean(ops.take(_ahead(first, second), draws, axis=0), axis=1))


def right_1(first_is_right, second_is_right, draws):
    """Differences are gathered, averaged, sorted."""
    ahead = _ahead(first_is_right, second_is_right)
    d = ops.sort(ops.mean(ops.take(ahead, draws, axis=0), axis=-1))
    cut = draws.shape[0] // 20
    return ops.stack([ops.mean(ahead), d[cut], d[draws.shape[0] - cut - 1]])


def right_2(first_is_right, second_is_right, draws):
    """Plain Python with whole numbers, divided at the very end."""
    a = [int(x) for x in ops.convert_to_numpy(first_is_right)]
    b = [int(x) for x in ops.convert_to_numpy(second_is_right)]
    rows = ops.convert_to_numpy(draws).tolist()
    n = len(a)
    leads = sorted(sum(a[i] for i in row) - sum(b[i] for i in row) for row in rows)
    cut = len(rows) // 20
    middle = leads[cut:-cut]
    return ops.convert_to_tensor([(sum(a) - sum(b)) / n, middle[0] / n, middle[-1] / n], dtype="float32")


def right_3(first_is_right, second_is_right, draws):
    """How often each sentence is drawn, times the two systems at once."""
    number, n = draws.shape
    times = ops.sum(ops.one_hot(draws, n, dtype="float32"), axis=1)
    systems = ops.cast(ops.stack([first_is_right, second_is_right], axis=1), "float32")
    accuracy = ops.matmul(times, systems) / n
    d = accuracy[:, 0] - accuracy[:, 1]
    keep = number - number // 20
    high = -ops.top_k(-d, keep)[0][-1]
    low = ops.top_k(d, keep)[0][-1]
    total = ops.mean(systems, axis=0)
    return ops.stack([total[0] - total[1], low, high])


def right_4(first_is_right, second_is_right, draws):
    """NumPy with a partial sort at the two places."""
    a = ops.convert_to_numpy(first_is_right).astype(int)
    b = ops.convert_to_numpy(second_is_right).astype(int)
    i = ops.convert_to_numpy(draws)
    d = (a[i].sum(axis=1) - b[i].sum(axis=1)) / a.size
    cut = len(d) // 20
    d = np.partition(d, [cut, len(d) - 1 - cut])
    return ops.convert_to_tensor(np.array([a.mean() - b.mean(), d[cut], d[-1 - cut]]), dtype="float32")


def wrong_1(first_is_right, second_is_right, draws):
    """The second system is measured on another draw. Wrong on: systems that are right about the same."""
    a = ops.mean(ops.take(ops.cast(first_is_right, "float32"), draws, axis=0), axis=1)
    b = ops.mean(ops.take(ops.cast(second_is_right, "float32"), ops.roll(draws, 1, axis=0), axis=0), axis=1)
    d, cut = ops.sort(a - b), draws.shape[0] // 20
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[cut], d[-1 - cut]])


def wrong_2(first_is_right, second_is_right, draws):
    """One too few is left out at both ends. Wrong on: R = 20, and wherever neighbours in d differ."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[cut - 1], d[draws.shape[0] - cut]])


def wrong_3(first_is_right, second_is_right, draws):
    """The middle 95 %, R / 40 at each end. Wrong on: spread out d."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 40
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[cut], d[-1 - cut]])


def wrong_4(first_is_right, second_is_right, draws):
    """A tenth is left out at each end. Wrong on: spread out d."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 10
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[cut], d[-1 - cut]])


def wrong_5(first_is_right, second_is_right, draws):
    """Quantiles between two numbers of d. Wrong on: neighbours at the ends that differ, so R = 20."""
    d = _sorted_means(first_is_right, second_is_right, draws)
    ends = ops.quantile(d, ops.convert_to_tensor([0.05, 0.95], dtype="float32"))
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), ends[0], ends[1]])


def wrong_6(first_is_right, second_is_right, draws):
    """The mean of all draws for the difference on the test set. Wrong on: few or lopsided draws."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(d), d[cut], d[-1 - cut]])


def wrong_7(first_is_right, second_is_right, draws):
    """How far the second is ahead. Wrong on: systems that differ (sign)."""
    d, cut = _sorted_means(second_is_right, first_is_right, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(_ahead(second_is_right, first_is_right)), d[cut], d[-1 - cut]])


def wrong_8(first_is_right, second_is_right, draws):
    """A normal distribution in place of the sorted draws. Wrong on: nearly all inputs."""
    d = _sorted_means(first_is_right, second_is_right, draws)
    middle, half = ops.mean(_ahead(first_is_right, second_is_right)), 1.645 * ops.std(d)
    return ops.stack([middle, middle - half, middle + half])


def wrong_9(first_is_right, second_is_right, draws):
    """The draws are not sorted. Wrong on: d that come in no order."""
    ahead = _ahead(first_is_right, second_is_right)
    d, cut = ops.mean(ops.take(ahead, draws, axis=0), axis=1), draws.shape[0] // 20
    return ops.stack([ops.mean(ahead), d[cut], d[-1 - cut]])


def wrong_10(first_is_right, second_is_right, draws):
    """The mean over draws, not over the sentences of a draw. Wrong on: nearly all inputs."""
    ahead = _ahead(first_is_right, second_is_right)
    d = ops.sort(ops.mean(ops.take(ahead, draws, axis=0), axis=0))
    cut = d.shape[0] // 20
    return ops.stack([ops.mean(ahead), d[cut], d[-1 - cut]])


def wrong_11(first_is_right, second_is_right, draws):
    """Sizes of differences without signs. Wrong on: a second system ahead, if only in some draws."""
    ahead = _ahead(first_is_right, second_is_right)
    d = ops.sort(ops.abs(ops.mean(ops.take(ahead, draws, axis=0), axis=1)))
    cut = draws.shape[0] // 20
    return ops.stack([ops.abs(ops.mean(ahead)), d[cut], d[-1 - cut]])


def wrong_12(first_is_right, second_is_right, draws):
    """The high end is one place too high. Wrong on: the neighbours there that differ."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[cut], d[draws.shape[0] - cut]])


def wrong_13(first_is_right, second_is_right, draws):
    """Repetitions are dropped from each draw. Wrong on: draws with repetitions."""
    ahead = ops.convert_to_numpy(_ahead(first_is_right, second_is_right))
    d = np.sort([ahead[np.unique(row)].mean() for row in ops.convert_to_numpy(draws)])
    cut = len(d) // 20
    return ops.convert_to_tensor([ahead.mean(), d[cut], d[-1 - cut]], dtype="float32")


def wrong_14(first_is_right, second_is_right, draws):
    """Divides by the sentences on which the two differ. Wrong on: sentences on which they agree."""
    ahead = _ahead(first_is_right, second_is_right)
    picked = ops.take(ahead, draws, axis=0)
    d = ops.sort(ops.sum(picked, axis=1) / ops.maximum(ops.sum(ops.abs(picked), axis=1), 1.0))
    cut = draws.shape[0] // 20
    return ops.stack([ops.sum(ahead) / ops.maximum(ops.sum(ops.abs(ahead)), 1.0), d[cut], d[-1 - cut]])


def wrong_15(first_is_right, second_is_right, draws):
    """Counts sentences on which the two differ, either way. Wrong on: a second system right alone."""
    differ = ops.cast(ops.not_equal(first_is_right, second_is_right), "float32")
    d, cut = ops.sort(ops.mean(ops.take(differ, draws, axis=0), axis=1)), draws.shape[0] // 20
    return ops.stack([ops.mean(differ), d[cut], d[-1 - cut]])


def wrong_16(first_is_right, second_is_right, draws):
    """Sums over a draw are divided by R, not by n. Wrong on: R other than n."""
    ahead = _ahead(first_is_right, second_is_right)
    number = draws.shape[0]
    d = ops.sort(ops.sum(ops.take(ahead, draws, axis=0), axis=1) / number)
    return ops.stack([ops.mean(ahead), d[number // 20], d[-1 - number // 20]])


def wrong_17(first_is_right, second_is_right, draws):
    """High end before low end. Wrong on: ends that differ."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[-1 - cut], d[cut]])


def wrong_18(first_is_right, second_is_right, draws):
    """The ends are mirrored at the difference (basic bootstrap). Wrong on: lopsided d."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    middle = ops.mean(_ahead(first_is_right, second_is_right))
    return ops.stack([middle, 2.0 * middle - d[-1 - cut], 2.0 * middle - d[cut]])


def wrong_19(first_is_right, second_is_right, draws):
    """An interval for each system, then their differences. Wrong on: systems with errors in common."""

    def ends(right):
        d = ops.sort(ops.mean(ops.take(ops.cast(right, "float32"), draws, axis=0), axis=1))
        cut = draws.shape[0] // 20
        return d[cut], d[-1 - cut]

    (low_a, high_a), (low_b, high_b) = ends(first_is_right), ends(second_is_right)
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), low_a - high_b, high_a - low_b])


def wrong_20(first_is_right, second_is_right, draws):
    """Leaves out 5 at each end, as with 100 draws. Wrong on: other R."""
    d = _sorted_means(first_is_right, second_is_right, draws)
    return ops.stack([ops.mean(_ahead(first_is_right, second_is_right)), d[5], d[-6]])


def wrong_21(first_is_right, second_is_right, draws):
    """Ends are given as distances from the difference. Wrong on: a difference other than 0."""
    d, cut = _sorted_means(first_is_right, second_is_right, draws), draws.shape[0] // 20
    middle = keras.ops.mean(_ahead(first_is_right, second_is_right))
    return ops.stack([middle, d[cut] - middle, d[-1 - cut] - middle])
