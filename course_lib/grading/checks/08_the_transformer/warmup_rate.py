"""Verdict of `warmup_rate`: a straight rise to the peak, then a fall with the root of the step."""

import numpy as np


def draw(generator):
    """Steps before, at and long after the peak, the very first among them, in random order; one alone."""
    cases = []
    for warmup_steps, count in ((3, 5), (7, 11), (101, 13), (4001, 17)):
        fixed = [0, warmup_steps - 2, warmup_steps - 1, warmup_steps]
        before = generator.integers(1, warmup_steps, (count - 4) // 2)
        after = generator.integers(2 * warmup_steps, 9 * warmup_steps, count - 4 - len(before))
        steps = generator.permutation(np.concatenate([fixed, before, after]))
        peak = float(np.float32(generator.uniform(1e-4, 1e-2)))
        cases.append({"step": steps, "peak": peak, "warmup_steps": warmup_steps})
    cases.append({"step": np.array([0, 1, 4, 90]), "peak": 0.5, "warmup_steps": 1})
    cases.append({"step": np.array([2]), "peak": 3e-4, "warmup_steps": 5})
    return [*cases, {"step": np.array([10**6, 10**6, 10]), "peak": 2e-3, "warmup_steps": 1000}]


CONDITIONS = {
    "the first update": lambda case: (case["step"] == 0).any() and case["warmup_steps"] > 1,
    "the update before the peak": lambda case: (case["step"] == case["warmup_steps"] - 2).any(),
    "the peak": lambda case: (case["step"] == case["warmup_steps"] - 1).any(),
    "the update behind the peak": lambda case: (case["step"] == case["warmup_steps"]).any(),
    "an update long after the peak": lambda case: (case["step"] > 900 * case["warmup_steps"]).any(),
    "steps out of order": lambda case: (np.diff(case["step"]) < 0).any(),
    "a step that stands twice": lambda case: len(set(case["step"].tolist())) < len(case["step"]),
    "one step": lambda case: len(case["step"]) == 1,
    "no rise": lambda case: case["warmup_steps"] == 1,
    "a large peak": lambda case: case["peak"] > 0.1,
}


def _rate(shape, first=1):
    """The rate with another shape, a function of s and w; `first` is the s of the first update."""

    def answer(step, peak, warmup_steps):
        return peak * shape(step.astype("float64") + first, warmup_steps)

    return answer


def _shape(s, w):
    return np.minimum(s / w, np.sqrt(w / s))


reference = _rate(_shape)


def _counted_two_ways(shape):
    """The rate with a shape that takes the updates made, s - 1, and w."""
    return _rate(lambda s, w: shape(s - 1, w))


def _peak_forgotten(step, peak, warmup_steps):
    return reference(step, 1.0, warmup_steps)


MISTAKES = {
    "first_update_lost": _rate(_shape, first=0),
    "counted_two_ways": (
        _counted_two_ways(lambda t, w: np.minimum((t + 1) / w, np.sqrt(w / t))),
        _counted_two_ways(lambda t, w: np.minimum(t / w, np.sqrt(w / (t + 1)))),
        _counted_two_ways(lambda t, w: np.where(t < w, (t + 1) / w, np.sqrt(w / t))),
        _counted_two_ways(lambda t, w: np.where(t < w, t / w, np.sqrt(w / (t + 1)))),
        _counted_two_ways(lambda t, w: np.where(t <= w, t / w, np.sqrt(w / (t + 1)))),
    ),
    "max_for_min": _rate(lambda s, w: np.maximum(s / w, np.sqrt(w / s))),
    "peak_forgotten": _peak_forgotten,
    "peak_in_the_wrong_units": (
        _rate(lambda s, w: np.minimum(s**-0.5, s * w**-1.5)),
        _rate(lambda s, w: np.minimum(s**-0.5, s * w**-1.5), first=0),
    ),
    "jump_at_the_peak": (
        _rate(lambda s, w: np.minimum(s / w, s**-0.5)),
        _rate(lambda s, w: np.where(s <= w, s / w, s**-0.5)),
        _rate(lambda s, w: np.where(s < w, s / w, s**-0.5)),
    ),
    "root_missing": _rate(lambda s, w: np.minimum(s / w, w / s)),
    "fall_inverted": _rate(lambda s, w: np.minimum(s / w, np.sqrt(s / w))),
    "rise_missing": _rate(lambda s, w: np.sqrt(w / s)),
    "fall_missing": _rate(lambda s, w: np.minimum(s / w, 1.0)),
    "rise_bent": (
        _rate(lambda s, w: np.minimum(np.sqrt(s / w), np.sqrt(w / s))),
        _rate(lambda s, w: np.minimum((s / w) ** 2, np.sqrt(w / s))),
    ),
    "linear_fall": (
        _rate(lambda s, w: np.minimum(s / w, np.maximum(2 - s / w, 0))),
        _rate(lambda s, w: np.minimum(s / w, 2 - s / w)),
    ),
}
