"""Wrong answers to `kept_smaller_faster` beside its mutants."""

from keras import ops


def _median(numbers):
    return ops.sort(numbers)[numbers.shape[0] // 2]


def _figures(student, teacher, faster):
    kept = ops.mean(student["scores"]) / ops.mean(teacher["scores"])
    smaller = 1.0 - student["parameters"] / teacher["parameters"]
    return 100.0 * ops.stack([kept, ops.cast(smaller, "float32"), faster])


def mean_for_median__of_sums(student, teacher):
    return _figures(student, teacher, ops.sum(teacher["seconds"]) / ops.sum(student["seconds"]) - 1.0)


def best_round__of_each(student, teacher):
    return _figures(student, teacher, ops.min(teacher["seconds"]) / ops.min(student["seconds"]) - 1.0)


def speed_inverted__and_one_not_subtracted(student, teacher):
    return _figures(student, teacher, _median(student["seconds"] / teacher["seconds"]))


def seconds_saved(student, teacher):
    return _figures(student, teacher, _median(teacher["seconds"] - student["seconds"]))


def in_another_order(student, teacher):
    return _figures(student, teacher, _median(teacher["seconds"] / student["seconds"]) - 1.0)[::-1]
