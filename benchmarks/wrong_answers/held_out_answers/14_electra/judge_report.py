import numpy as np
from keras import ops


def _ordinary(logits, is_replaced, is_ordinary):
    keep = ops.convert_to_numpy(is_ordinary)
    return ops.convert_to_numpy(logits)[keep].astype("float64"), ops.convert_to_numpy(is_replaced)[keep]


def _area(s, r, tie=0.5):
    up, down = s[r][:, None], s[~r][None, :]
    return np.mean((up > down) + tie * (up == down))


def _report(said, r, area):
    """The four numbers from decisions, truth and area."""
    return {
        "accuracy": ops.convert_to_tensor(np.float32(np.mean(said == r))),
        "always_real": ops.convert_to_tensor(np.float32(np.mean(~r))),
        "balanced_accuracy": ops.convert_to_tensor(np.float32((said[r].mean() + (~said[~r]).mean()) / 2)),
        "area_under_curve": ops.convert_to_tensor(np.float32(area)),
    }


def right_1(logits, is_replaced, is_ordinary):
    s = ops.reshape(logits, (-1,))
    ordinary = ops.reshape(is_ordinary, (-1,))
    replaced = ops.reshape(is_replaced, (-1,))
    one = ops.cast(ops.logical_and(ordinary, replaced), "float32")
    zero = ops.cast(ops.logical_and(ordinary, ops.logical_not(replaced)), "float32")
    said = ops.cast(s > 0, "float32")
    found, left = ops.sum(said * one), ops.sum((1.0 - said) * zero)
    n_one, n_zero = ops.sum(one), ops.sum(zero)
    difference = s[:, None] - s[None, :]
    higher = 0.5 + 0.5 * ops.cast(ops.sign(difference), "float32")
    return {
        "accuracy": (found + left) / (n_one + n_zero),
        "always_real": n_zero / (n_one + n_zero),
        "balanced_accuracy": 0.5 * (found / n_one + left / n_zero),
        "area_under_curve": ops.sum(higher * one[:, None] * zero[None, :]) / (n_one * n_zero),
    }


def right_2(logits, is_replaced, is_ordinary):
    """Ranks, with equal logits sharing the mean of their ranks."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    _, which, counts = np.unique(s, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2.0)[which]
    n_up, n_down = int(r.sum()), int((~r).sum())
    area = (rank[r].sum() - n_up * (n_up + 1) / 2.0) / (n_up * n_down)
    return _report(s > 0, r, area)


def right_3(logits, is_replaced, is_ordinary):
    s = ops.convert_to_numpy(logits).tolist()
    r = ops.convert_to_numpy(is_replaced).tolist()
    o = ops.convert_to_numpy(is_ordinary).tolist()
    replaced, real = [], []
    for row_s, row_r, row_o in zip(s, r, o):
        for one_s, one_r, one_o in zip(row_s, row_r, row_o):
            if one_o:
                (replaced if one_r else real).append(one_s)
    found = sum(1 for v in replaced if v > 0)
    kept = sum(1 for v in real if v <= 0)
    points = 0.0
    for up in replaced:
        for down in real:
            points += 1.0 if up > down else 0.5 if up == down else 0.0
    n = len(replaced) + len(real)
    return {
        "accuracy": (found + kept) / n,
        "always_real": len(real) / n,
        "balanced_accuracy": (found / len(replaced) + kept / len(real)) / 2,
        "area_under_curve": points / (len(replaced) * len(real)),
    }


def right_4(logits, is_replaced, is_ordinary):
    """The curve itself: a threshold at each logit that occurs, and trapezes under it."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    thresholds = np.concatenate([[np.inf], np.unique(s)[::-1]])
    found = np.array([(s[r] >= h).mean() for h in thresholds])
    false = np.array([(s[~r] >= h).mean() for h in thresholds])
    area = np.sum(np.diff(false) * (found[1:] + found[:-1]) / 2.0)
    return _report(np.greater(s, 0), r, area)


def wrong_1(logits, is_replaced, is_ordinary):
    """is_ordinary is not used. Wrong on: any False in it."""
    s = ops.convert_to_numpy(logits).reshape(-1)
    r = ops.convert_to_numpy(is_replaced).reshape(-1)
    return _report(s > 0, r, _area(s, r))


def wrong_2(logits, is_replaced, is_ordinary):
    """A logit of 0 is called replaced. Wrong on: ordinary logits of exactly 0."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s >= 0, r, _area(s, r))


def wrong_3(logits, is_replaced, is_ordinary):
    """The logit is compared with one half. Wrong on: logits between 0 and 0.5."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0.5, r, _area(s, r))


def wrong_4(logits, is_replaced, is_ordinary):
    """Pairs with equal logits count nothing. Wrong on: a replaced and a real token with equal logits."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0, r, _area(s, r, tie=0.0))


def wrong_5(logits, is_replaced, is_ordinary):
    """Pairs with equal logits count as won. Wrong on: a replaced and a real token with equal logits."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0, r, np.mean(s[r][:, None] >= s[~r][None, :]))


def wrong_6(logits, is_replaced, is_ordinary):
    """The pairs in which the real token is higher. Wrong on: areas other than one half."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0, r, _area(s, ~r))


def wrong_7(logits, is_replaced, is_ordinary):
    """Shares among those called replaced, called real (precision). Wrong on: nearly all inputs."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    said = s > 0
    report = _report(said, r, _area(s, r))
    both = np.sum(said & r) / max(said.sum(), 1) + np.sum(~said & ~r) / max((~said).sum(), 1)
    report["balanced_accuracy"] = ops.convert_to_tensor(np.float32(both / 2))
    return report


def wrong_8(logits, is_replaced, is_ordinary):
    """always_real is the share of the replaced. Wrong on: not just as many of both."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    report = _report(s > 0, r, _area(s, r))
    report["always_real"] = ops.convert_to_tensor(np.float32(np.mean(r)))
    return report


def wrong_9(logits, is_replaced, is_ordinary):
    """Only pairs within a sequence. Wrong on: more than one sequence."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    won, pairs = 0.0, 0
    for row_s, row_r, row_o in zip(*(ops.convert_to_numpy(t) for t in (logits, is_replaced, is_ordinary))):
        up, down = row_s[row_o & row_r][:, None], row_s[row_o & ~row_r][None, :]
        won += np.sum(up > down) + 0.5 * np.sum(up == down)
        pairs += up.size * down.size
    return _report(s > 0, r, won / max(pairs, 1))


def wrong_10(logits, is_replaced, is_ordinary):
    """Sigmoids are compared, which are all 1 in float32. Wrong on: different logits above about 17."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    p = ops.convert_to_numpy(ops.sigmoid(ops.convert_to_tensor(s.astype("float32"))))
    return _report(s > 0, r, _area(p, r))


def wrong_11(logits, is_replaced, is_ordinary):
    """Ranks by sorting, ties in the order of the text. Wrong on: replaced and real with equal logits."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    rank = np.argsort(np.argsort(s, kind="stable"), kind="stable") + 1
    n_up, n_down = int(r.sum()), int((~r).sum())
    return _report(s > 0, r, (rank[r].sum() - n_up * (n_up + 1) / 2) / (n_up * n_down))


def wrong_12(logits, is_replaced, is_ordinary):
    """accuracy is divided by B T. Wrong on: any False in is_ordinary."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    report = _report(s > 0, r, _area(s, r))
    size = ops.convert_to_numpy(is_ordinary).size
    report["accuracy"] = ops.convert_to_tensor(np.float32(np.sum((s > 0) == r) / size))
    return report


def wrong_13(logits, is_replaced, is_ordinary):
    """Balanced as F1: precision and recall of the replaced. Wrong on: nearly all inputs."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    said = s > 0
    report = _report(said, r, _area(s, r))
    f1 = 2 * np.sum(said & r) / (said.sum() + r.sum())
    report["balanced_accuracy"] = ops.convert_to_tensor(np.float32(f1))
    return report


def wrong_14(logits, is_replaced, is_ordinary):
    """The area of the decisions, not of the logits. Wrong on: pairs decided alike with different logits."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0, r, _area((s > 0).astype("float64"), r))


def wrong_15(logits, is_replaced, is_ordinary):
    """always_real over all tokens. Wrong on: special tokens or padding, which are all counted as real."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    report = _report(s > 0, r, _area(s, r))
    real = ~(ops.convert_to_numpy(is_replaced) & ops.convert_to_numpy(is_ordinary))
    report["always_real"] = ops.convert_to_tensor(np.float32(np.mean(real)))
    return report


def wrong_16(logits, is_replaced, is_ordinary):
    """What is not ordinary is judged rightly as real, with logit 0. Wrong on: any False in is_ordinary."""
    keep = ops.convert_to_numpy(is_ordinary)
    s = np.where(keep, ops.convert_to_numpy(logits), 0.0).reshape(-1)
    r = (keep & ops.convert_to_numpy(is_replaced)).reshape(-1)
    return _report(s > 0, r, _area(s, r))


def wrong_17(logits, is_replaced, is_ordinary):
    """Two of the numbers are means of the sequences' means. Wrong on: sequences of different lengths."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    report = _report(s > 0, r, _area(s, r))
    o = ops.cast(is_ordinary, "float32")
    n = ops.maximum(ops.sum(o, axis=1), 1.0)
    right = ops.cast((logits > 0) == is_replaced, "float32")
    report["accuracy"] = ops.mean(ops.sum(right * o, axis=1) / n)
    report["always_real"] = ops.mean(ops.sum((1.0 - ops.cast(is_replaced, "float32")) * o, axis=1) / n)
    return report


def wrong_18(logits, is_replaced, is_ordinary):
    """The area by eleven fixed thresholds of the sigmoid. Wrong on: logits that share a bin."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    p = 1.0 / (1.0 + np.exp(-s))
    thresholds = np.linspace(1.0, 0.0, 11)
    found = np.array([0.0] + [(p[r] >= h).mean() for h in thresholds])
    false = np.array([0.0] + [(p[~r] >= h).mean() for h in thresholds])
    return _report(s > 0, r, np.sum(np.diff(false) * (found[1:] + found[:-1]) / 2))


def wrong_19(logits, is_replaced, is_ordinary):
    """The area under precision and recall. Wrong on: nearly all inputs."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    order = np.argsort(-s, kind="stable")
    hits = np.cumsum(r[order])
    precision = hits / np.arange(1, len(s) + 1)
    return _report(s > 0, r, np.sum(precision * r[order]) / r.sum())


def wrong_20(logits, is_replaced, is_ordinary):
    """s > 0 is read as "real". Wrong on: decisions that are not half right."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s <= 0, r, _area(s, r))


def wrong_21(logits, is_replaced, is_ordinary):
    """The wins are divided by the square of the number of tokens. Wrong on: everything with a pair won."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    return _report(s > 0, r, _area(s, r) * r.mean() * (~r).mean())


def wrong_22(logits, is_replaced, is_ordinary):
    """The geometric mean of the two shares. Wrong on: shares that differ."""
    s, r = _ordinary(logits, is_replaced, is_ordinary)
    said = s > 0
    report = _report(said, r, _area(s, r))
    middle = np.sqrt(said[r].mean() * (~said[~r]).mean())
    report["balanced_accuracy"] = ops.convert_to_tensor(np.float32(middle))
    return report
