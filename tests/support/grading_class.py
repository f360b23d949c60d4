"""A plausible class, as records: no submission is run, but every verdict is one the judge reached."""

import random
from functools import cache

import numpy as np

from course_lib.grading.classroom.record import ExerciseMark, Finding, Record
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, judge, load_verdict_module
from course_lib.grading.worker.values import Failure, map_arrays

FIRST_NAMES = ["ada", "alan", "grace", "edsger", "barbara", "donald", "frances", "katherine", "kurt", "radia"]
PROBLEMS = {
    "marked": "",
    "unreadable": "The zip holds no notebook and no `.py` file.",
    "fault": "OSError: [Errno 28] No space left on device",
}


@cache
def right_verdict(name, seed):
    """The verdict on an answer that does what the reference does."""
    reference = load_verdict_module(name).reference
    return judge(find_exercise(name), seed, [reference(**case) for case in draw_cases(name, seed)])


@cache
def wrong_verdict(name, kind, seed):
    """The verdict on answers that make a known mistake (`kind` is its id), or fail with a `Failure` kind."""
    exercise = find_exercise(name)
    cases = draw_cases(name, seed)
    if kind in exercise.mistakes:
        mistake = load_verdict_module(name).MISTAKES[kind]
        mistake = mistake[0] if isinstance(mistake, tuple | list) else mistake
        return judge(exercise, seed, [_act(mistake, case) for case in cases])
    words = {"raised": "ValueError: shapes (2, 3) and (2, 5) do not fit", "time_out": "30 s were up."}
    failure = Failure(kind, words.get(kind, ""), 7, "return ops.softmax(x)")
    return judge(exercise, seed, [failure] * len(cases))


def _act(function, case):
    try:
        with np.errstate(all="ignore"):
            return function(**map_arrays(np.copy, case))
    except Exception as error:
        return Failure("raised", f"{type(error).__name__}: {error}")


def make_class(exercises, size, seed=1):
    """Draws the records of a class.

    Args:
        exercises: Names of exercises.
        size: Number of students.
        seed: Of the draw.

    Returns:
        List of `Record`; in a class of 20 or more one is unreadable and one a fault of the grader.
    """
    generator = random.Random(seed)
    popular = {name: _mistakes(name, generator) for name in exercises}
    difficulty = {name: generator.uniform(-1.5, 1.0) for name in exercises}
    sheets = tuple(sorted({find_exercise(name).sheet for name in exercises}))
    records = []
    for number in range(size):
        ability = generator.gauss(0.5, 1.0)
        marks = []
        for name in exercises:
            luck = ability + difficulty[name] + generator.gauss(0, 0.8)
            if luck > 0:
                verdict = right_verdict(name, 5)
            elif luck < -2.2:
                verdict = wrong_verdict(name, "not_attempted", 5)
            else:
                verdict = wrong_verdict(name, generator.choice(popular[name]), 5)
            printed = "scores (2, 3)\n" * generator.choice([0, 0, 0, 2])
            marks.append(ExerciseMark(verdict, generator.lognormvariate(-1.5, 0.6), printed))
        status = {7: "unreadable", 11: "fault"}.get(number, "marked") if size >= 20 else "marked"
        if status == "unreadable":
            marks = [ExerciseMark(wrong_verdict(name, "sheet_failed", 5)) for name in exercises]
        elif status == "fault":
            marks = []
        student = f"{generator.choice(FIRST_NAMES)}.{number:03d}"
        finding = Finding(
            "disallowed_call",
            "`ops.dot_product_attention` does what the exercise asks to write.",
            "cell 4, line 2",
            "return ops.dot_product_attention(query, key, value)",
            exercises[-1],
        )
        records.append(
            Record(
                student,
                f"{student}/{sheets[0]}.ipynb",
                f"{number:064x}",
                sheets,
                seed=1000 + number,
                tier="bubblewrap",
                status=status,
                problem=PROBLEMS[status],
                exercises=tuple(marks),
                findings=(finding,) if generator.random() < 0.05 else (),
                notes=("`sheet_2.ipynb` counts, being the last one on time.",) if number % 17 == 3 else (),
                submitted_at=f"2026-03-0{generator.randint(1, 7)}T1{generator.randint(0, 9)}:05:00+01:00",
                is_late=generator.random() < 0.05,
                seconds=generator.uniform(2, 6),
            )
        )
    return records


def _mistakes(name, generator):
    """Some mistakes of an exercise, the first of them made by many."""
    known = [kind for kind in find_exercise(name).mistakes if kind in load_verdict_module(name).MISTAKES]
    chosen = generator.sample(known, min(5, len(known)))
    return [*chosen[:1] * 6, *chosen[1:2] * 3, *chosen[2:], "raised", "time_out"]
