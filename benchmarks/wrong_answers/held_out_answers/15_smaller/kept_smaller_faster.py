import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _kept(student, teacher):
    return 100.0 * ops.mean(student["scores"]) / ops.mean(teacher["scores"])


def _smaller(student, teacher):
    return 100.0 * (1.0 - student["parameters"] / teacher["parameters"])


def _faster(student, teacher):
    ratios = ops.sort(teacher["seconds"] / student["seconds"])
    return 100.0 * (ratios[ratios.shape[0] // 2] - 1.0)


def right_1(student, teacher):
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), _faster(student, teacher)])


def right_2(student, teacher):
    def array(x):
        return np.asarray(ops.convert_to_numpy(x), dtype="float64")

    kept = array(student["scores"]).mean() / array(teacher["scores"]).mean()
    smaller = (teacher["parameters"] - student["parameters"]) / teacher["parameters"]
    faster = np.median(array(teacher["seconds"]) / array(student["seconds"])) - 1
    return ops.convert_to_tensor([100 * kept, 100 * smaller, 100 * faster], dtype="float32")


def right_3(student, teacher):
    """The rounds are odd in number, so the middle of the inverse ratios is the inverse of the middle."""
    a = ops.convert_to_numpy(teacher["seconds"]).tolist()
    b = ops.convert_to_numpy(student["seconds"]).tolist()
    middle = sorted(y / x for x, y in zip(a, b))[len(a) // 2]
    s = ops.convert_to_numpy(student["scores"]).tolist()
    t = ops.convert_to_numpy(teacher["scores"]).tolist()
    figures = (
        100 * (sum(s) / len(s)) / (sum(t) / len(t)),
        100 - 100 * student["parameters"] / teacher["parameters"],
        100 / middle - 100,
    )
    return ops.convert_to_tensor(figures, dtype="float32")


def right_4(student, teacher):
    kept = ops.mean(student["scores"] / ops.mean(teacher["scores"]))
    left = student["parameters"] / teacher["parameters"]
    times = ops.median(ops.divide(teacher["seconds"], student["seconds"]))
    return 100.0 * (ops.stack([kept, -left, times]) + ops.convert_to_tensor([0.0, 1.0, -1.0]))


def wrong_1(student, teacher):
    """The ratio of the medians. Wrong on: rounds in which teacher and student are not slow together."""
    times = ops.median(teacher["seconds"]) / ops.median(student["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (times - 1.0)])


def wrong_2(student, teacher):
    """The mean of the ratios. Wrong on: rounds with an outlier, or any that are not even."""
    times = ops.mean(teacher["seconds"] / student["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (times - 1.0)])


def wrong_3(student, teacher):
    """The time that is saved. Wrong on: a student that is not just as fast."""
    saved = ops.median(1.0 - student["seconds"] / teacher["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * saved])


def wrong_4(student, teacher):
    """The ratio upside down, less 1. Wrong on: a student that is not just as fast."""
    ratio = ops.median(student["seconds"] / teacher["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (ratio - 1.0)])


def wrong_5(student, teacher):
    """How many times as fast, in percent: twice as fast is 200. Wrong on: everything."""
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), _faster(student, teacher) + 100.0])


def wrong_6(student, teacher):
    """The mean of the seeds' ratios. Wrong on: scores that are not all equal; numbers that differ."""
    n = min(student["scores"].shape[0], teacher["scores"].shape[0])
    kept = 100.0 * ops.mean(student["scores"][:n] / teacher["scores"][:n])
    return ops.stack([kept, _smaller(student, teacher), _faster(student, teacher)])


def wrong_7(student, teacher):
    """The share of the parameters that is left. Wrong on: a student other than half as large."""
    left = 100.0 * student["parameters"] / teacher["parameters"]
    return ops.stack([_kept(student, teacher), left, _faster(student, teacher)])


def wrong_8(student, teacher):
    """What is gone in percent of the student. Wrong on: sizes that differ."""
    gone = teacher["parameters"] - student["parameters"]
    smaller = 100.0 * gone / student["parameters"]
    return ops.stack([_kept(student, teacher), smaller, _faster(student, teacher)])


def wrong_9(student, teacher):
    """The median of the scores. Wrong on: skewed scores."""
    kept = 100.0 * ops.median(student["scores"]) / ops.median(teacher["scores"])
    return ops.stack([kept, _smaller(student, teacher), _faster(student, teacher)])


def wrong_10(student, teacher):
    """Shares, not percent. Wrong on: everything."""
    return right_1(student, teacher) / 100.0


def wrong_11(student, teacher):
    """100 less the difference of the scores in points. Wrong on: teachers with a score below 1."""
    lost = ops.mean(teacher["scores"]) - ops.mean(student["scores"])
    return ops.stack([100.0 - 100.0 * lost, _smaller(student, teacher), _faster(student, teacher)])


def wrong_12(student, teacher):
    """All seconds of the teacher by all of the student. Wrong on: rounds that are not even."""
    times = ops.sum(teacher["seconds"]) / ops.sum(student["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (times - 1.0)])


def wrong_13(student, teacher):
    """The ratio of the middle round: not sorted. Wrong on: a middle round that is not the median."""
    ratios = teacher["seconds"] / student["seconds"]
    middle = ratios[ratios.shape[0] // 2]
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (middle - 1.0)])


def wrong_14(student, teacher):
    """The best seed of each. Wrong on: scores that are not all equal."""
    kept = 100.0 * ops.max(student["scores"]) / ops.max(teacher["scores"])
    return ops.stack([kept, _smaller(student, teacher), _faster(student, teacher)])


def wrong_15(student, teacher):
    """Whole percent of parameters. Wrong on: shares that are no whole percent."""
    smaller = 100.0 - 100 * student["parameters"] // teacher["parameters"]
    return ops.stack([_kept(student, teacher), smaller, _faster(student, teacher)])


def wrong_16(student, teacher):
    """The fastest round of each. Wrong on: rounds that are not even."""
    times = ops.min(teacher["seconds"]) / ops.min(student["seconds"])
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (times - 1.0)])


def wrong_17(student, teacher):
    """No figure falls below 0. Wrong on: a student that is slower, or larger, than its teacher."""
    return ops.maximum(right_1(student, teacher), 0.0)


def wrong_18(student, teacher):
    """One before the middle of the sorted ratios. Wrong on: three rounds or more."""
    ratios = ops.sort(teacher["seconds"] / student["seconds"])
    below = ratios[max(ratios.shape[0] // 2 - 1, 0)]
    return ops.stack([_kept(student, teacher), _smaller(student, teacher), 100.0 * (below - 1.0)])
