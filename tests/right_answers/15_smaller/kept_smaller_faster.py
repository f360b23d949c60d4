"""Right answers to `kept_smaller_faster` in other styles."""

import statistics

import numpy as np
from keras import ops


def in_numpy(student, teacher):
    kept = np.mean(student["scores"]) / np.mean(teacher["scores"])
    gone = (teacher["parameters"] - student["parameters"]) / teacher["parameters"]
    faster = np.median(np.asarray(teacher["seconds"]) / np.asarray(student["seconds"])) - 1
    return np.array([kept, gone, faster]) * 100


def in_python(student, teacher):
    scores = [[float(a) for a in np.asarray(one["scores"])] for one in (student, teacher)]
    seconds = [[float(a) for a in np.asarray(one["seconds"])] for one in (student, teacher)]
    ratios = [old / new for new, old in zip(*seconds, strict=True)]
    kept = 100 * statistics.mean(scores[0]) / statistics.mean(scores[1])
    smaller = 100 - 100 * student["parameters"] / teacher["parameters"]
    return ops.convert_to_tensor([kept, smaller, 100 * statistics.median(ratios) - 100])


def by_time_saved(student, teacher):
    left = ops.sort(student["seconds"] / teacher["seconds"])
    left = left[(left.shape[0] - 1) // 2]
    size = student["parameters"] / teacher["parameters"]
    kept = ops.mean(student["scores"]) / ops.mean(teacher["scores"])
    return ops.stack([100 * kept, ops.convert_to_tensor(100 * (1 - size), "float32"), 100 * (1 / left - 1)])
