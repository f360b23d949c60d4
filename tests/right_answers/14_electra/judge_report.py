"""Right answers to `judge_report` in other styles."""

import numpy as np
from keras import ops


def in_loops(logits, is_replaced, is_ordinary):
    given = (np.asarray(array).ravel().tolist() for array in (logits, is_replaced, is_ordinary))
    tokens = [(s, replaced) for s, replaced, counts in zip(*given, strict=True) if counts]
    replaced, real = ([s for s, flag in tokens if flag is wanted] for wanted in (True, False))
    pairs = [(one > other) + (one == other) / 2 for one in replaced for other in real]
    shares = sum(s > 0 for s in replaced) / len(replaced), sum(s <= 0 for s in real) / len(real)
    return {
        "accuracy": sum((s > 0) == flag for s, flag in tokens) / len(tokens),
        "always_real": len(real) / len(tokens),
        "balanced_accuracy": sum(shares) / 2,
        "area_under_curve": sum(pairs) / len(pairs),
    }


def by_ranks(logits, is_replaced, is_ordinary):
    chosen = np.asarray(is_ordinary)
    s, truth = np.asarray(logits)[chosen], np.asarray(is_replaced)[chosen]
    rank = (s[:, None] > s).sum(axis=1) + ((s[:, None] == s).sum(axis=1) + 1) / 2
    positive, negative = truth.sum(), (~truth).sum()
    area = (rank[truth].sum() - positive * (positive + 1) / 2) / (positive * negative)
    right = (s > 0) == truth
    return {
        "area_under_curve": area,
        "balanced_accuracy": np.mean([right[truth].mean(), right[~truth].mean()]),
        "always_real": 1 - truth.mean(),
        "accuracy": right.mean(),
    }


def with_masks(logits, is_replaced, is_ordinary):
    def count(*conditions):
        both = conditions[0]
        for condition in conditions[1:]:
            both = ops.logical_and(both, condition)
        return ops.sum(ops.cast(both, "float32"))

    is_real, says = ops.logical_not(is_replaced), logits > 0
    replaced, real = count(is_replaced, is_ordinary), count(is_real, is_ordinary)
    found = count(is_replaced, is_ordinary, says)
    spared = count(is_real, is_ordinary, ops.logical_not(says))
    flat = ops.reshape(logits, (-1,))
    first = ops.reshape(ops.cast(ops.logical_and(is_replaced, is_ordinary), "float32"), (-1,))
    second = ops.reshape(ops.cast(ops.logical_and(is_real, is_ordinary), "float32"), (-1,))
    wins = 0.5 * (1 + ops.sign(flat[:, None] - flat[None, :]))
    return {
        "accuracy": (found + spared) / (replaced + real),
        "always_real": real / (replaced + real),
        "balanced_accuracy": 0.5 * (found / replaced + spared / real),
        "area_under_curve": ops.sum(first[:, None] * second[None, :] * wins) / (replaced * real),
    }


def along_the_curve(logits, is_replaced, is_ordinary):
    """The area under the curve of found against falsely accused, threshold by threshold."""
    s, truth, counts = (np.asarray(array) for array in (logits, is_replaced, is_ordinary))
    replaced, real = s[counts & truth], s[counts & ~truth]
    thresholds = [np.inf, *sorted(set(s[counts].tolist()), reverse=True)]
    found = [(replaced >= threshold).mean() for threshold in thresholds]
    accused = [(real >= threshold).mean() for threshold in thresholds]
    area = sum(
        (accused[i + 1] - accused[i]) * (found[i + 1] + found[i]) / 2 for i in range(len(thresholds) - 1)
    )
    return {
        "accuracy": np.concatenate([replaced > 0, real <= 0]).mean(),
        "always_real": real.size / (real.size + replaced.size),
        "balanced_accuracy": ((replaced > 0).mean() + (real <= 0).mean()) / 2,
        "area_under_curve": area,
    }
