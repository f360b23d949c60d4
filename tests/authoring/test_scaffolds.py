"""`course new` writes files that are valid at once, and that the tests refuse until they are filled in."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from course_lib import files as course_files
from course_lib.authoring import scaffolds
from course_lib.authoring.scaffolds import (
    CHECKS,
    FILL_IN,
    ScaffoldError,
    new_chapter,
    new_exercise,
    places_to_fill_in,
    write_all,
)
from course_lib.grading.judging.exercise import TABLE

ROOT = Path(__file__).parents[2]
CHAPTER, EXERCISE = "97_word_pieces", "longest_piece"


def copy_course(folder):
    """What of the course `course new` and the tests of exercises look at."""
    generated = shutil.ignore_patterns("__pycache__", "*.ipynb", ".*")
    for name in ("course_lib", "notebooks", "solutions", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=generated)
    shutil.copytree(ROOT / "exercises", folder / "exercises")
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course with a new chapter and a new exercise in it, made by the command."""
    folder = copy_course(tmp_path_factory.mktemp("course"))
    said = [run(folder, "-m", "course_lib.cli", "new", "chapter", CHAPTER)]
    said += [run(folder, "-m", "course_lib.cli", "new", "exercise", EXERCISE, "--sheet", CHAPTER)]
    assert [outcome.returncode for outcome in said] == [0, 0], [outcome.stderr for outcome in said]
    assert f" × {FILL_IN}" in said[0].stdout and "pytest" in said[1].stdout
    return folder


@pytest.fixture
def small_course(tmp_path):
    """The files that `course new` reads, without the rest."""
    for name in ("README.md", scaffolds.BUDGETS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("solutions", CHECKS):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(folder), "KERAS_BACKEND": "numpy"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_it_writes_is_linted_and_built(course):
    folders = ("notebooks", "solutions", "tests/mutants", CHECKS, scaffolds.BUDGETS)
    for arguments in (("check",), ("format", "--check")):
        outcome = run(course, "-m", "ruff", *arguments, *folders)
        assert outcome.returncode == 0, outcome.stdout
    outcome = run(course, "-m", "course_lib.cli", "build", "--check")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert EXERCISE in (course / "exercises" / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")


def test_the_tests_fail_until_it_is_filled_in(course):
    tests = "tests/repo/test_exercises.py"
    outcome = run(
        course, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests, "-k", f"{EXERCISE} or fill_in"
    )
    lines = [line for line in outcome.stdout.splitlines() if line.startswith(("FAILED", "PASSED", "ERROR"))]
    failed = {line.split("::")[1].split("[")[0].split(" ")[0] for line in lines}
    assert outcome.returncode == 1 and " passed" not in outcome.stdout, outcome.stdout[-3000:]
    assert failed >= {
        "test_the_four_files_agree",
        "test_cases_are_fresh_and_reproducible",
        "test_solution_passes",
        "test_mutant_gets_its_own_diagnosis",
        "test_nothing_is_left_to_fill_in",
    }
    for words in (
        "an exercise knows at least six mistakes",
        f"checks/{CHAPTER}/{EXERCISE}.py draws no cases yet",
        f"notebooks/{CHAPTER}.py:",
    ):
        assert words in outcome.stdout


def test_the_new_chapter_runs(course):
    code = f"import runpy; runpy.run_path('notebooks/{CHAPTER}.py')"
    environment = {**os.environ, "PYTHONPATH": str(course), "COURSE_BUDGET": "quick", "MPLBACKEND": "agg"}
    outcome = subprocess.run(
        [sys.executable, "-c", code], cwd=course, env=environment, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]


def test_a_chapter_is_in_its_place_in_the_budgets_and_on_the_map(small_course):
    before = (small_course / scaffolds.BUDGETS).read_text(encoding="utf-8")
    for name, after, until in (
        ("00_before", None, "01_language_models"),
        (CHAPTER, "08_the_transformer", None),
    ):
        files = new_chapter(name, small_course)
        names = {}
        exec(files[scaffolds.BUDGETS], names)
        chapters = list(names["CHAPTER_BUDGETS"])
        place = chapters.index(name)
        assert after is None or chapters[place - 1] >= after
        assert until is None or chapters[place + 1] == until
        assert set(before.splitlines()) <= set(files[scaffolds.BUDGETS].splitlines())
        rows = [line for line in files["README.md"].splitlines() if line.startswith("| ")]
        numbers = [int(row.split("|")[1]) for row in rows if row.split("|")[1].strip().isdigit()]
        assert numbers == sorted(set(numbers)) and int(name[:2]) in numbers
        assert f"notebooks/{name}.ipynb" in files["README.md"]


def test_a_chapter_that_was_announced_takes_the_place_of_its_row(small_course):
    readme = small_course / "README.md"
    text = readme.read_text(encoding="utf-8") + "\n| 96 | Soon | words | to come |\n"
    readme.write_text(text, encoding="utf-8")
    written = new_chapter("96_soon", small_course)["README.md"]
    assert "| 96 | Soon" not in written and written.count("| 96 |") == 1
    assert len(written.splitlines()) == len(text.splitlines())


@pytest.mark.parametrize(
    "name, words",
    [("word_pieces", "called like"), ("9_pieces", "called like"), ("97_Pieces", "called like")]
    + [("../97_x", "called like"), ("03_other", "03_attention"), ("03_attention", "03_attention")],
)
def test_a_chapter_that_cannot_be_is_refused(small_course, name, words):
    with pytest.raises(ScaffoldError, match=words):
        new_chapter(name, small_course)


@pytest.mark.parametrize(
    "name, sheet, words",
    [
        ("Softmax", "03_attention", "called like"),
        ("../softmax", "03_attention", "called like"),
        ("masked_softmax", "04_queries_keys_values", "already, in 03_attention"),
        ("softmax", "03_nothing", "no sheet 03_nothing.*03_attention"),
    ],
)
def test_an_exercise_that_cannot_be_is_refused(small_course, name, sheet, words):
    with pytest.raises(ScaffoldError, match=words):
        new_exercise(name, sheet, small_course)


def test_a_file_that_is_there_is_never_written_over(small_course):
    path = small_course / "tests" / "mutants" / "03_attention" / "softmax.py"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(ScaffoldError, match="softmax.py is there already"):
        new_exercise("softmax", "03_attention", small_course)


def test_an_exercise_changes_nothing_of_the_others(small_course):
    files = new_exercise("softmax", "03_attention", small_course)
    for name in ("solutions/03_attention.py", f"{CHECKS}/03_attention/{TABLE}"):
        assert files[name].startswith((small_course / name).read_text(encoding="utf-8"))
    entries = tomllib.loads(files[f"{CHECKS}/03_attention/{TABLE}"])["exercise"]
    assert entries[-1]["name"] == "softmax"
    assert set(places_to_fill_in(files).values()) <= set(range(1, 20)) and len(places_to_fill_in(files)) == 4


def test_all_files_are_written_or_none(small_course, monkeypatch):
    before, count = snapshot(small_course), 0

    def fail_at_the_fourth(path, data):
        nonlocal count
        count += 1
        if count == 4:
            raise OSError("no space left")
        course_files.write_whole(path, data)

    monkeypatch.setattr(scaffolds, "write_whole", fail_at_the_fourth)
    files = new_chapter(CHAPTER, small_course)
    with pytest.raises(OSError, match="no space left"):
        write_all(files, small_course)
    assert snapshot(small_course) == before


def test_what_is_to_be_filled_in_is_marked_in_every_file_but_the_built_one(small_course):
    files = new_chapter(CHAPTER, small_course)
    marked = {name for name, text in files.items() if FILL_IN in text}
    assert marked == {f"notebooks/{CHAPTER}.py", scaffolds.BUDGETS, "README.md"}
