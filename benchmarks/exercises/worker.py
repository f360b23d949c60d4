"""Judges every solution and every mutant on the backend that is set; the last line it prints is the result.

Its arguments: "cpu" or "gpu", "float32" or "tf32", and the sheets, if not all.
"""

import importlib.util
import json
import os
import sys
import time
from pathlib import Path

from benchmarks.checks import load_solutions
from course_lib.grading.judging.diagnose import TOLERANCE, compare
from course_lib.grading.judging.exercise import find_exercise, load_exercises
from course_lib.grading.judging.judge import draw_cases, judge, load_verdict_module, right_values
from course_lib.grading.worker.probe import run_call

MUTANTS = Path(__file__).parents[2] / "tests" / "mutants"
SEEDS = (0, 1)
FACTORS = (2, 5, 10, 30, 100, 300, 1_000)  # times the tolerance of an exercise


def set_precision(precision):
    """How exactly a GPU multiplies matrices: by default some backends round to TF32."""
    import keras

    if keras.backend.backend() == "jax":
        import jax

        jax.config.update("jax_default_matmul_precision", {"tf32": "tensorfloat32"}.get(precision, "highest"))
    elif keras.backend.backend() == "torch":
        import torch

        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision == "tf32"


def device_of(place):
    """The device that the backend computes on, in words.

    Raises:
        RuntimeError: if a GPU is wanted and there is none.
    """
    import keras

    if place == "cpu":
        return "processor"
    if keras.backend.backend() == "jax":
        import jax

        device = jax.devices()[0]
        if device.platform == "gpu":
            return device.device_kind
    elif keras.backend.backend() == "torch":
        import torch

        if torch.cuda.is_available():
            return torch.cuda.get_device_name()
    raise RuntimeError(f"Expected a GPU. Received: none for the backend {keras.backend.backend()}.")


def look_at(answer, name, seed):
    """The verdict on an answer, and what it returned for every case."""
    results = [run_call(answer, case) for case in draw_cases(name, seed)]
    return judge(find_exercise(name), seed, results), results


def needed_tolerance(name, seed, results):
    """The tolerance that accepts results: some times that of the exercise, or `None`."""
    usual = getattr(load_verdict_module(name), "TOLERANCE", TOLERANCE)
    expected = right_values(name, draw_cases(name, seed))
    for factor in FACTORS:
        pairs = zip(results, expected, strict=True)
        if not any(compare(got, wanted, factor * usual) for got, wanted in pairs):
            return factor * usual
    return None


def mutants_of(name):
    """Mistake → answer that makes it, of the mistakes of an exercise."""
    path = MUTANTS / find_exercise(name).sheet / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"mutants_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {mistake: getattr(module, mistake) for mistake in find_exercise(name).mistakes}


def judge_exercise(name, solution, found):
    """Adds one exercise to what was found."""
    for seed in SEEDS:
        verdict, results = look_at(solution, name, seed)
        found["solutions"] += 1
        if not verdict.passed:
            found["rejected"].append(
                {"exercise": name, "seed": seed, "told": verdict.diagnosis}
                | {"needed_tolerance": needed_tolerance(name, seed, results)}
            )
        for mistake, mutant in mutants_of(name).items():
            verdict, _ = look_at(mutant, name, seed)
            found["mutants"] += 1
            if verdict.passed or verdict.diagnosis != mistake:
                found["misjudged"].append(
                    {"exercise": name, "mutant": mistake, "seed": seed, "told": verdict.diagnosis}
                )


def judge_all(sheets=()):
    """Counts of solutions and mutants judged, and those that were not judged as they should be."""
    found = {"seeds": SEEDS, "exercises": 0, "solutions": 0, "rejected": [], "mutants": 0, "misjudged": []}
    solutions = {}
    for name, exercise in load_exercises().items():
        if sheets and exercise.sheet not in sheets:
            continue
        if exercise.sheet not in solutions:
            print(exercise.sheet, file=sys.stderr, flush=True)
            solutions[exercise.sheet] = load_solutions(exercise.sheet)
        found["exercises"] += 1
        judge_exercise(name, solutions[exercise.sheet][name], found)
    return found


def main(arguments):
    place, precision, *sheets = arguments
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever an answer prints is no result
    set_precision(precision)
    began = time.perf_counter()
    found = {"device": device_of(place), **judge_all(sheets), "minutes": 0.0}
    found["minutes"] = round((time.perf_counter() - began) / 60, 1)
    print(json.dumps(found), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
