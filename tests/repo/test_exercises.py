"""Every exercise: the blank fails, the solution passes, and each known mistake gets its own diagnosis."""

import ast
import importlib.util
import inspect
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from support.remembered import remember_check

from course_lib.authoring.exercises import build_all, strip_regions
from course_lib.authoring.scaffolds import FILL_IN
from course_lib.grading.judging.diagnose import TOLERANCE, compare
from course_lib.grading.judging.exercise import TABLE, load_exercises, load_sheets
from course_lib.grading.judging.judge import draw_cases, judge, load_verdict_module
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.probe import run_call, to_numpy

ROOT = Path(__file__).parents[2]
EXERCISES = load_exercises()
SEEDS = (0, 1, 2)


@cache
def definition(sheet, name, blank=False):
    """The function or class `name` of a solution sheet, or its blank, with the sheet's helpers."""
    path = ROOT / "solutions" / f"{sheet}.py"
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(strip_regions(text)[0] if blank else text)
    keep = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)
    tree.body = [node for node in tree.body if isinstance(node, keep)]
    namespace = {"__name__": f"solution_{sheet}"}
    exec(compile(tree, str(path), "exec"), namespace)
    return namespace[name]


def mutant_file(name):
    return ROOT / "tests" / "mutants" / EXERCISES[name].sheet / f"{name}.py"


@cache
def mutants(name):
    path = mutant_file(name)
    spec = importlib.util.spec_from_file_location(f"mutants_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {
        key: value
        for key, value in vars(module).items()
        if not key.startswith("_")
        and callable(value)
        and getattr(value, "__module__", None) == module.__name__
    }


def mutant_names(name):
    """The public definitions of a mutant file, read without importing it."""
    path = mutant_file(name)
    if not path.exists():
        return ["(no file)"]
    body = ast.parse(path.read_text(encoding="utf-8")).body
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")]


def verdict_on(answer, exercise, seed):
    return judge(exercise, seed, [run_call(answer, case) for case in draw_cases(exercise.name, seed)])


@pytest.mark.parametrize("name", EXERCISES)
def test_the_four_files_agree(name):
    exercise = EXERCISES[name]
    module = load_verdict_module(name)
    signatures = [*module.MISTAKES, *getattr(module, "SYMPTOMS", {})]
    assert sorted(signatures) == sorted(exercise.mistakes), f"{TABLE} and the verdict list different mistakes"
    assert set(exercise.mistakes) <= set(mutants(name)), "a mistake has no mutant"
    assert set(mutants(name)) <= set(exercise.mistakes) | set(GENERIC_DIAGNOSES), (
        "a mutant is named after no mistake"
    )
    assert len(exercise.mistakes) >= 6, "an exercise knows at least six mistakes"
    assert len(exercise.hints) >= 3, "an exercise has at least three hints"
    assert exercise.points > 0 and exercise.minutes > 0
    assert set(exercise.prerequisites) <= set(EXERCISES) - {name}
    assert list(EXERCISES).index(name) > max(map(list(EXERCISES).index, exercise.prerequisites), default=-1)
    answer = definition(exercise.sheet, name)
    assert inspect.getdoc(answer), "the exercise has no docstring"
    for mutant in mutants(name).values():
        assert list(inspect.signature(mutant).parameters) == list(inspect.signature(answer).parameters)


@pytest.mark.parametrize("name", EXERCISES)
def test_cases_are_fresh_and_reproducible(name):
    cases = draw_cases(name, 0)
    assert len(cases) >= 4
    assert repr(draw_cases(name, 0)) == repr(cases)
    assert repr(draw_cases(name, 1)) != repr(cases)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_re_enactment_differs_from_the_reference(name):
    module = load_verdict_module(name)
    tolerance = getattr(module, "TOLERANCE", TOLERANCE)
    for mistake_id, variants in module.MISTAKES.items():
        for variant in variants if isinstance(variants, tuple | list) else (variants,):
            differs = False
            for case in draw_cases(name, 0):
                with np.errstate(all="ignore"):
                    expected = to_numpy(module.reference(**case))
                    try:
                        differs |= compare(to_numpy(variant(**case)), expected, tolerance) is not None
                    except Exception:
                        differs = True
            assert differs, f"{mistake_id} gives the right answer on every case"


@pytest.mark.parametrize("name", EXERCISES)
def test_blank_is_not_attempted(name):
    exercise = EXERCISES[name]
    verdict = verdict_on(definition(exercise.sheet, name, blank=True), exercise, 0)
    assert verdict.diagnosis == "not_attempted"
    assert verdict.points == 0


@pytest.mark.parametrize("name", EXERCISES)
def test_solution_passes(name):
    exercise = EXERCISES[name]
    for seed in range(10):
        verdict = verdict_on(definition(exercise.sheet, name), exercise, seed)
        assert verdict.passed, f"seed {seed}\n{verdict}"
    assert verdict.points == exercise.points


@pytest.mark.parametrize(
    "name, mutant", [(name, mutant) for name in EXERCISES for mutant in mutant_names(name)]
)
def test_mutant_gets_its_own_diagnosis(name, mutant, monkeypatch):
    remember_check(name, monkeypatch)
    for seed in SEEDS:
        verdict = verdict_on(mutants(name)[mutant], EXERCISES[name], seed)
        assert not verdict.passed
        assert verdict.diagnosis == mutant, f"seed {seed}\n{verdict}"


def test_every_solution_sheet_has_its_table():
    assert sorted(path.stem for path in (ROOT / "solutions").glob("*.py")) == [
        sheet.name for sheet in load_sheets()
    ]


@pytest.mark.parametrize("sheet", load_sheets(), ids=lambda sheet: sheet.name)
def test_every_sheet_has_exercises(sheet):
    assert sheet.exercises, f"run: course new exercise NAME --sheet {sheet.name}"


def test_nothing_is_left_to_fill_in():
    """What `course new` has written is filled in."""
    folders = ("notebooks", "solutions", "course_lib/chapters", "course_lib/grading/checks", "tests/mutants")
    paths = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in (".py", ".toml")]
    places = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in (ROOT / "README.md", *paths)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if FILL_IN in line
    ]
    assert not places, "\n".join(places)


def test_built_exercises_are_committed_as_built():
    built = build_all(ROOT)
    assert sorted(path.name for path in (ROOT / "exercises").glob("*.ipynb")) == sorted(
        path.name for path in built
    )
    for path, text in built.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run `course build`"
