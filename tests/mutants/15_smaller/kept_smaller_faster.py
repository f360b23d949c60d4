"""Wrong answers to `kept_smaller_faster`, each named after the mistake it makes."""

from keras import ops


def _kept(student, teacher):
    return ops.mean(student["scores"]) / ops.mean(teacher["scores"])


def _smaller(student, teacher):
    return 1.0 - student["parameters"] / teacher["parameters"]


def _median(numbers):
    return ops.sort(numbers)[numbers.shape[0] // 2]


def _faster(student, teacher):
    return _median(teacher["seconds"] / student["seconds"]) - 1.0


def _figures(student, teacher, kept=_kept, smaller=_smaller, faster=_faster):
    parts = kept(student, teacher), smaller(student, teacher), faster(student, teacher)
    return 100.0 * ops.stack([ops.cast(part, "float32") for part in parts])


def time_saved_for_faster(student, teacher):
    saved = 1.0 - _median(student["seconds"] / teacher["seconds"])
    return _figures(student, teacher, faster=lambda *_: saved)


def times_as_fast_for_faster(student, teacher):
    return _figures(student, teacher, faster=lambda *_: _median(teacher["seconds"] / student["seconds"]))


def speed_inverted(student, teacher):
    ratio = _median(student["seconds"] / teacher["seconds"]) - 1.0
    return _figures(student, teacher, faster=lambda *_: ratio)


def mean_for_median(student, teacher):
    ratio = ops.mean(teacher["seconds"] / student["seconds"]) - 1.0
    return _figures(student, teacher, faster=lambda *_: ratio)


def medians_before_the_ratio(student, teacher):
    ratio = _median(teacher["seconds"]) / _median(student["seconds"]) - 1.0
    return _figures(student, teacher, faster=lambda *_: ratio)


def best_round(student, teacher):
    ratio = ops.max(teacher["seconds"] / student["seconds"]) - 1.0
    return _figures(student, teacher, faster=lambda *_: ratio)


def not_sorted(student, teacher):
    ratios = teacher["seconds"] / student["seconds"]
    return _figures(student, teacher, faster=lambda *_: ratios[ratios.shape[0] // 2] - 1.0)


def size_left_for_smaller(student, teacher):
    left = student["parameters"] / teacher["parameters"]
    return _figures(student, teacher, smaller=lambda *_: left)


def smaller_over_the_student(student, teacher):
    more = teacher["parameters"] / student["parameters"] - 1.0
    return _figures(student, teacher, smaller=lambda *_: more)


def best_seed(student, teacher):
    best = ops.max(student["scores"]) / ops.max(teacher["scores"])
    return _figures(student, teacher, kept=lambda *_: best)


def ratio_inverted(student, teacher):
    return _figures(student, teacher, kept=lambda *_: 1.0 / _kept(student, teacher))


def points_for_share(student, teacher):
    points = ops.mean(teacher["scores"]) - ops.mean(student["scores"])
    return _figures(student, teacher, kept=lambda *_: 1.0 - points / 100.0)


def loss_for_what_is_kept(student, teacher):
    return _figures(student, teacher, kept=lambda *_: 1.0 - _kept(student, teacher))


def shares_not_percent(student, teacher):
    return _figures(student, teacher) / 100.0
