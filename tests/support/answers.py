"""Answers to exercises that are kept in files, and what the judge says of them."""

import ast
import importlib.util
import time
from functools import cache
from pathlib import Path

from course_lib.grading.judging.exercise import find_exercise, load_exercises
from course_lib.grading.judging.judge import compare_with_right, draw_cases, judge
from course_lib.grading.worker.probe import run_call

TESTS = Path(__file__).parents[1]


def answer_file(folder, exercise):
    """`tests/FOLDER/NN_topic/EXERCISE.py`, where the answers to an exercise are kept."""
    return TESTS / folder / find_exercise(exercise).sheet / f"{exercise}.py"


def answer_names(folder):
    """Pairs (exercise, answer), read without importing anything: an answer is a public function or class."""
    files = {path.relative_to(TESTS / folder) for path in (TESTS / folder).rglob("*.py")}
    known = {Path(exercise.sheet, f"{name}.py") for name, exercise in load_exercises().items()}
    if strangers := sorted(map(str, files - known)):
        raise ValueError(f"Expected files named after an exercise in {folder}. Received: {strangers}.")
    pairs = []
    for exercise in load_exercises():
        path = answer_file(folder, exercise)
        body = ast.parse(path.read_text(encoding="utf-8")).body if path.exists() else []
        kinds = (ast.FunctionDef, ast.ClassDef)
        names = [node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")]
        pairs += [(exercise, name) for name in names]
    return pairs


@cache
def load_answers(folder, exercise):
    """The module that holds the answers to an exercise."""
    path = answer_file(folder, exercise)
    spec = importlib.util.spec_from_file_location(f"{folder}_{exercise}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seeds_in_time(at_least, seconds):
    """Seeds one after the other: so many at least, and of thirty those begun within the time."""
    began = time.perf_counter()
    for seed in range(30):
        if seed >= at_least and time.perf_counter() - began > seconds:
            return
        yield seed


def verdict_on(answer, exercise, seed):
    """The judge's verdict on what an answer does with the cases of a seed."""
    results = [run_call(answer, case) for case in draw_cases(exercise, seed)]
    return judge(find_exercise(exercise), seed, results)


def diagnosis_on(answer, exercise, seed):
    """What the judge finds wrong with an answer on the cases of a seed, before any words; or None."""
    cases = draw_cases(exercise, seed)
    results = [run_call(answer, case) for case in draw_cases(exercise, seed)]
    found, _ = compare_with_right(find_exercise(exercise), cases, results)
    return found and found[0]
