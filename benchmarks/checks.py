"""How long a learner waits for `check` in a notebook: `python -m benchmarks.checks`.

Each exercise's solution is checked once to warm up and then several times, on new random cases each time.
Result: `benchmarks/results/checks.json`.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, write_record
from course_lib.grading.judging.exercise import load_exercises
from course_lib.grading.practice.notebook import check

RESULT = RESULTS / "checks.json"
SOLUTIONS = Path(__file__).parents[1] / "solutions"
REPEATS = 15


def load_solutions(sheet):
    """Runs a solution sheet without its calls of `check`; returns its names."""
    text = (SOLUTIONS / f"{sheet}.py").read_text(encoding="utf-8")
    kept = "\n".join(
        line for line in text.split("\n") if not line.startswith(("check(", "hint(", "solution("))
    )
    namespace = {"__name__": f"solution_{sheet}"}
    exec(compile(kept, f"{sheet}.py", "exec"), namespace)
    return namespace


def measure():
    """Median and slowest seconds of a check, by exercise.

    Raises:
        AssertionError: When a solution does not pass.
    """
    sheets, seconds = {}, {}
    for name, exercise in load_exercises().items():
        sheets[exercise.sheet] = sheets.get(exercise.sheet) or load_solutions(exercise.sheet)
        answer, times = sheets[exercise.sheet][name], []
        for seed in range(REPEATS + 1):
            began = time.perf_counter()
            verdict = check(answer, seed=seed)
            times.append(time.perf_counter() - began)
            assert verdict.passed, f"{name}, seed {seed}: {verdict}"
        seconds[name] = {"median": statistics.median(times[1:]), "slowest": max(times[1:]), "first": times[0]}
    return seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_STATE"] = folder  # the progress of whoever measures stays as it is
        seconds = measure()
    medians = [entry["median"] for entry in seconds.values()]
    slowest = max(seconds, key=lambda name: seconds[name]["median"])
    result = {
        "what": "seconds of check(solution) in a process that has imported Keras",
        "repeats": REPEATS,
        "seeds": f"0 (warm-up), 1 to {REPEATS}",
        "hardware": describe_machine(),
        "median_of_medians": statistics.median(medians),
        "slowest_exercise": slowest,
        "exercises": seconds,
    }
    write_record(RESULT, result)
    print(f"Median of {len(medians)} exercises: {statistics.median(medians) * 1000:.0f} ms a check.")
    print(f"Slowest: {slowest}, {seconds[slowest]['median'] * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
