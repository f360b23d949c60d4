"""Counts over all exercises how many wrong answers are rejected, and what they are told.

`python -m benchmarks.wrong_answers` makes the wrong answers from the solutions; `--answers FOLDER` takes
those of a folder (`held_out.py`). Result: `benchmarks/results/wrong_answers.json`.
"""

import argparse
import collections
import json
import warnings

import numpy as np

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record
from benchmarks.wrong_answers.held_out import load_held_out
from benchmarks.wrong_answers.mutants import mutants_of, sheet_namespace
from benchmarks.wrong_answers.outcome import call_all, is_true, look_at, told
from course_lib.grading.judging.diagnose import compare
from course_lib.grading.judging.exercise import find_exercise, load_exercises
from course_lib.grading.judging.judge import draw_cases
from course_lib.grading.worker.probe import run_call
from course_lib.grading.worker.values import map_arrays

RESULT = RESULTS / "wrong_answers.json"
SEEDS = (0, 1)  # judged and described on the first, held against it on the others
EQUIVALENCE_SEEDS = 200  # of cases, on which an accepted mutant is compared with the solution
WIDER_SEEDS = 20  # of cases, once more with every float array noised


def count_answers(answers, equivalence_seeds=EQUIVALENCE_SEEDS, report=print):
    """Judges answers and counts.

    Args:
        answers: objects with `exercise`, `build()` and, where it is known, `is_right`.
        equivalence_seeds: as `EQUIVALENCE_SEEDS`.
        report: function that takes a line on an answer to be looked at.

    Returns:
        dict of counts, and lists of the accepted and the misled.
    """
    counts, accepted, misled = collections.Counter(), [], []
    for answer in answers:
        name = answer.exercise
        try:
            function = answer.build()
        except Exception as error:
            report(f"{name}: no answer ({error})")
            continue
        looks = [look_at(function, name, seed) for seed in SEEDS]
        diagnoses = [look.diagnosis for look in looks]
        if getattr(answer, "is_right", False):
            counts["right"] += 1
            counts["right_rejected"] += any(diagnoses)
            continue
        if None in diagnoses:
            is_mutant = not hasattr(answer, "is_right")
            if is_mutant and not any(diagnoses) and is_equivalent(function, name, equivalence_seeds):
                counts["equivalent"] += 1
                continue
            counts["accepted"] += 1
            accepted.append(_shown(answer))
            report(f"{name}: accepted\n{_shown(answer)}")
        counts["wrong"] += 1
        rejected = [look for look in looks if look.diagnosis is not None]
        if not rejected:
            continue
        counts[told(rejected[0])] += 1
        if not all(is_true(rejected[0], name, later) for later in rejected[1:]):
            counts["misled"] += 1
            words = rejected[0].description.words if rejected[0].description else rejected[0].diagnosis
            misled.append(f"{words}\n{_shown(answer)}")
            report(f"{name}: misled: {words}\n{_shown(answer)}")
    return {**counts, "accepted_answers": accepted, "misled_answers": misled}


def is_equivalent(answer, exercise, num_seeds=EQUIVALENCE_SEEDS):
    """Whether an answer gives what the solution gives, on the cases of many seeds and on noised ones.

    Args:
        answer: the function or class.
        exercise: the name of the exercise.
        num_seeds: how many seeds of cases to try.

    Returns:
        True or False.
    """
    solution = sheet_namespace(find_exercise(exercise).sheet)[exercise]
    for seed in range(num_seeds):
        generator = np.random.default_rng(seed)
        cases = draw_cases(exercise, seed)
        if seed < WIDER_SEEDS:
            cases += [map_arrays(lambda array, g=generator: _noised(array, g), case) for case in cases]
        for case in cases:
            right = run_call(solution, map_arrays(np.copy, case))
            if _is_a_value(right) and compare(call_all(answer, [case])[0], right) is not None:
                return False
    return True


def _noised(array, generator):
    if array.dtype.kind != "f":
        return array.copy()
    return (array * generator.uniform(0.3, 3, array.shape)).astype("float32")


def _is_a_value(result):
    arrays = []
    map_arrays(arrays.append, [result])
    return bool(arrays) and all(np.isfinite(array).all() for array in arrays)


def _shown(answer):
    return getattr(answer, "source", None) or f"{answer.exercise}.{answer.name}"


def main():
    """Counts, prints and writes the result."""
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", help="folder of answers to judge in place of mutants")
    parser.add_argument("--count", type=int, default=12, help="mutants an exercise at most (default: 12)")
    arguments = parser.parse_args()
    if arguments.answers:
        kind, answers = "held out", load_held_out(arguments.answers)
    else:
        kind = "mutants"
        answers = [mutant for name in load_exercises() for mutant in mutants_of(name, arguments.count)]
    counts = count_answers(answers)
    result = read_record(RESULT) or {}
    result[kind] = {
        **counts,
        "answers": len(answers),
        "seeds": SEEDS,
        "equivalence_seeds": EQUIVALENCE_SEEDS,
        "hardware": describe_machine(),
    }
    write_record(RESULT, result)
    print(json.dumps({key: value for key, value in counts.items() if not isinstance(value, list)}))


if __name__ == "__main__":
    main()
