"""Verdict of `warmup_and_decay`: a straight rise to the peak, a straight fall to zero, and zero behind it."""

import numpy as np


def draw(generator):
    """Steps of the rise, at the peak, of the fall, at the end and behind it, in random order; one alone."""
    cases = []
    for warmup_steps, num_steps in ((3, 11), (7, 31), (13, 101), (400, 4_001)):
        fixed = [0, warmup_steps - 2, warmup_steps - 1, warmup_steps, num_steps - 2, num_steps - 1, num_steps]
        rise = generator.integers(0, warmup_steps, 2)
        fall = generator.integers(warmup_steps, num_steps - 1, 5)
        behind = generator.integers(num_steps, 3 * num_steps, 2)
        steps = generator.permutation(np.concatenate([fixed, rise, fall, behind]))
        peak = float(np.float32(generator.uniform(1e-5, 1e-3)))
        sizes = {"warmup_steps": warmup_steps, "num_steps": num_steps}
        cases.append({"step": steps, "peak": peak, **sizes})
    cases.append({"step": np.arange(5), "peak": 2.0, "warmup_steps": 1, "num_steps": 5})
    cases.append({"step": np.array([1, 0, 2]), "peak": 3e-4, "warmup_steps": 2, "num_steps": 3})
    return [*cases, {"step": np.array([2]), "peak": 5e-5, "warmup_steps": 5, "num_steps": 7}]


CONDITIONS = {
    "the first update": lambda case: (case["step"] == 0).any() and case["warmup_steps"] > 1,
    "the update before the peak": lambda case: (case["step"] == case["warmup_steps"] - 2).any(),
    "the peak": lambda case: (case["step"] == case["warmup_steps"] - 1).any(),
    "the update behind the peak": lambda case: (case["step"] == case["warmup_steps"]).any(),
    "the last update": lambda case: (case["step"] == case["num_steps"] - 1).any(),
    "the last but one": lambda case: (case["step"] == case["num_steps"] - 2).any(),
    "behind the last update": lambda case: (case["step"] >= case["num_steps"]).any(),
    "long behind the last update": lambda case: (case["step"] > 1.2 * case["num_steps"]).any(),
    "steps out of order": lambda case: (np.diff(case["step"]) < 0).any(),
    "one step": lambda case: len(case["step"]) == 1,
    "the highest rate at the first update": lambda case: case["warmup_steps"] == 1,
    "a fall of one step": lambda case: case["num_steps"] == case["warmup_steps"] + 1,
    "a large peak": lambda case: case["peak"] > 1,
}


def _rate(shape, first=1):
    """The rate with another shape, a function of s, w and N; `first` is the s of the first update."""

    def answer(step, peak, warmup_steps, num_steps):
        with np.errstate(all="ignore"):
            return peak * shape(step.astype("float64") + first, warmup_steps, num_steps)

    return answer


def _shape(s, w, n):
    return np.maximum(np.minimum(s / w, (n - s) / (n - w)), 0)


reference = _rate(_shape)


def _peak_forgotten(step, peak, warmup_steps, num_steps):
    return reference(step, 1.0, warmup_steps, num_steps)


def _clipped(shape):
    """A shape that is never below zero."""
    return lambda s, w, n: np.maximum(shape(s, w, n), 0)


def _two_ways(in_rise, in_fall, is_rise):
    """The two lines with counts of their own, and where the one ends, all by t, the updates made."""

    def shape(s, w, n):
        t = s - 1
        rise, fall = (t + in_rise) / w, (n - t - in_fall) / (n - w)
        return np.maximum(np.where(is_rise(t, w), rise, fall), 0)

    return _rate(shape)


MISTAKES = {
    "first_update_lost": _rate(_shape, first=0),
    "negative_at_the_end": _rate(lambda s, w, n: np.minimum(s / w, (n - s) / (n - w))),
    "never_zero": _rate(_clipped(lambda s, w, n: np.minimum(s / w, (n + 1 - s) / (n + 1 - w)))),
    "counted_two_ways": tuple(
        _two_ways(in_rise, in_fall, is_rise)
        for in_rise, in_fall in ((1, 0), (0, 1))
        for is_rise in (
            lambda t, w: t < w,
            lambda t, w: t <= w,
            lambda t, w: t + 1 < w,
            lambda t, w: t + 1 <= w,
        )
    ),
    "fall_from_the_first_update": (
        _rate(_clipped(lambda s, w, n: np.minimum(s / w, 1) * (n - s) / n)),
        _rate(_clipped(lambda s, w, n: np.minimum(s / w, (n - s) / n))),
        _rate(_clipped(lambda s, w, n: np.where(s <= w, s / w, (n - s) / n))),
        _rate(_clipped(lambda s, w, n: np.where(s < w, s / w, (n - s) / n))),
        _rate(_clipped(lambda s, w, n: np.minimum(s / w, 1 - (s - 1) / n))),
    ),
    "warmup_counted_twice": (
        _rate(_clipped(lambda s, w, n: np.minimum(s / w, (n - w - s) / (n - w)))),
        _rate(_clipped(lambda s, w, n: np.minimum(s / w, 1 - (s - w) / n))),
        _rate(_clipped(lambda s, w, n: np.where(s <= w, s / w, (n - w - s) / (n - w)))),
    ),
    "rises_again": (
        _rate(lambda s, w, n: np.abs(np.minimum(s / w, (n - s) / (n - w)))),
        _rate(lambda s, w, n: np.minimum(s / w, np.abs(n - s) / (n - w))),
    ),
    "max_for_min": (
        _rate(_clipped(lambda s, w, n: np.maximum(s / w, (n - s) / (n - w)))),
        _rate(lambda s, w, n: np.minimum(np.maximum(s / w, (n - s) / (n - w)), 1)),
    ),
    "peak_forgotten": _peak_forgotten,
    "rise_missing": (
        _rate(_clipped(lambda s, w, n: (n - s) / (n - w))),
        _rate(_clipped(lambda s, w, n: np.minimum(1, (n - s) / (n - w)))),
        _rate(_clipped(lambda s, w, n: (n - s) / n)),
        _rate(_clipped(lambda s, w, n: 1 - (s - 1) / n)),
    ),
    "fall_missing": _rate(lambda s, w, n: np.minimum(s / w, 1)),
    "fall_with_the_root": (
        _rate(lambda s, w, n: np.minimum(s / w, np.sqrt(w / s))),
        _rate(_clipped(lambda s, w, n: np.where(s <= n, np.minimum(s / w, np.sqrt(w / s)), 0))),
    ),
    "fall_bent": (
        _rate(
            lambda s, w, n: np.where(
                s <= w, s / w, 0.5 * (1 + np.cos(np.pi * np.minimum((s - w) / (n - w), 1)))
            )
        ),
        _rate(lambda s, w, n: np.minimum(s / w, np.maximum((n - s) / (n - w), 0) ** 2)),
    ),
}
