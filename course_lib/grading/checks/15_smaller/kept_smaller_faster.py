"""Verdict of `kept_smaller_faster`: a ratio of means, a share that is gone, a median of ratios of rates."""

import numpy as np


def draw(generator):
    """Scores of unlike numbers of seeds; seconds of an odd number of rounds, one of them disturbed."""
    cases = []
    for student_seeds, teacher_seeds, rounds, speed in (
        (3, 3, 3, 2.0),
        (5, 3, 7, 1.6),
        (1, 2, 1, 3.0),
        (3, 5, 5, 0.8),
    ):
        seconds = generator.uniform(0.5, 2.0, rounds)
        of_student = seconds / speed * generator.uniform(0.8, 1.2, rounds)
        if rounds > 3:
            of_student[generator.integers(rounds)] *= 9  # something else ran beside it
        parameters = int(generator.integers(50, 90)) * 1_000_003
        cases.append(
            {
                "student": {
                    "scores": generator.uniform(70, 90, student_seeds),
                    "parameters": int(parameters * generator.uniform(0.4, 0.9)),
                    "seconds": of_student,
                },
                "teacher": {
                    "scores": generator.uniform(85, 95, teacher_seeds),
                    "parameters": parameters,
                    "seconds": seconds,
                },
            }
        )
    return cases


CONDITIONS = {
    "as many seeds for both": lambda case: len(case["student"]["scores"]) == len(case["teacher"]["scores"]),
    "another number of seeds": lambda case: len(case["student"]["scores"]) != len(case["teacher"]["scores"]),
    "one round": lambda case: len(case["student"]["seconds"]) == 1,
    "a round that was disturbed": lambda case: (
        np.ptp(np.log(case["teacher"]["seconds"] / case["student"]["seconds"])) > 1.5
    ),
    "a student that is slower": lambda case: (
        np.median(case["teacher"]["seconds"] / case["student"]["seconds"]) < 1
    ),
    "a student twice as fast or more": lambda case: (
        np.median(case["teacher"]["seconds"] / case["student"]["seconds"]) > 2
    ),
}


def _kept(student, teacher):
    return student.mean() / teacher.mean()


def _smaller(student, teacher):
    return 1 - student / teacher


def _faster(student, teacher):
    return np.median(teacher / student) - 1


def _figures(kept=_kept, smaller=_smaller, faster=_faster, scale=100.0):
    """The answer, with parts exchanged."""

    def answer(student, teacher):
        return scale * np.array(
            [
                kept(student["scores"], teacher["scores"]),
                smaller(student["parameters"], teacher["parameters"]),
                faster(student["seconds"], teacher["seconds"]),
            ]
        )

    return answer


reference = _figures()

MISTAKES = {
    "time_saved_for_faster": (
        _figures(faster=lambda student, teacher: 1 - np.median(student / teacher)),
        _figures(faster=lambda student, teacher: 1 - 1 / np.median(teacher / student)),
    ),
    "times_as_fast_for_faster": _figures(faster=lambda student, teacher: np.median(teacher / student)),
    "speed_inverted": (
        _figures(faster=lambda student, teacher: np.median(student / teacher) - 1),
        _figures(faster=lambda student, teacher: np.median(student / teacher)),
    ),
    "mean_for_median": (
        _figures(faster=lambda student, teacher: (teacher / student).mean() - 1),
        _figures(faster=lambda student, teacher: teacher.sum() / student.sum() - 1),
    ),
    "medians_before_the_ratio": _figures(
        faster=lambda student, teacher: np.median(teacher) / np.median(student) - 1
    ),
    "best_round": (
        _figures(faster=lambda student, teacher: (teacher / student).max() - 1),
        _figures(faster=lambda student, teacher: teacher.min() / student.min() - 1),
    ),
    "not_sorted": _figures(faster=lambda student, teacher: (teacher / student)[len(student) // 2] - 1),
    "size_left_for_smaller": _figures(smaller=lambda student, teacher: student / teacher),
    "smaller_over_the_student": _figures(smaller=lambda student, teacher: teacher / student - 1),
    "best_seed": _figures(kept=lambda student, teacher: student.max() / teacher.max()),
    "ratio_inverted": _figures(kept=lambda student, teacher: teacher.mean() / student.mean()),
    "points_for_share": _figures(kept=lambda student, teacher: 1 - (teacher.mean() - student.mean()) / 100),
    "loss_for_what_is_kept": _figures(kept=lambda student, teacher: 1 - student.mean() / teacher.mean()),
    "shares_not_percent": _figures(scale=1.0),
}
