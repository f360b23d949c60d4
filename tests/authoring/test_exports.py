"""What leaves the course works on its own, and takes no solution along."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course_lib.authoring import export
from course_lib.authoring.exports import choose_sheets, otter_files, student_files
from course_lib.authoring.exports.course_files import TEMPLATES
from course_lib.cli import main as course
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.sandbox.isolation import LimitsOnly, strongest

ROOT = Path(__file__).parents[2]
SHEET = "03_attention"
POINTS = next(sheet.points for sheet in load_sheets() if sheet.name == SHEET)
SCRIPTS = ("setup.sh", "run_autograder")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
# Solutions of one line that are, word for word, the NumPy reference of a verdict as well.
SAID_ELSEWHERE = [["return inputs, labels, labels != 0"]]


def run(command, folder, **environment):
    """Runs a command in a folder, with the `course_lib` of that folder, as if no make had called us."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={
            **outer,
            "PYTHONPATH": str(folder),
            "KERAS_BACKEND": "numpy",
            "COLUMNS": "120",
            "COURSE_STATE": str(folder / ".course"),
            **environment,
        },
    )


def solution_regions():
    """Every region between the markers, as a list of its lines without their indentation, and what is given
    outside of them in the same sheet."""
    for path in sorted((ROOT / "solutions").glob("*.py")):
        regions, given = [], set()
        is_inside = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() == "# BEGIN SOLUTION":
                is_inside = True
                regions.append([])
            elif line.strip() == "# END SOLUTION":
                is_inside = False
            elif is_inside and line.strip():
                regions[-1].append(line.strip())
            else:
                given.add(line.strip())
        yield path.stem, regions, given


def lines_of(path):
    """The lines of a text file, and of the cells of a notebook, without their indentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return {line.strip() for line in text.splitlines()}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The student's zip, unpacked."""
    folder = tmp_path_factory.mktemp("bundle")
    assert course(["export", "student", "--out", str(folder / "student.zip")]) == 0
    with zipfile.ZipFile(folder / "student.zip") as archive:
        archive.extractall(folder)
    return folder / "attention-course"


def test_the_bundle_holds_what_a_learner_needs(bundle):
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    for sheet in load_sheets():
        assert {f"exercises/{sheet.name}.ipynb", f"notebooks/{sheet.name}.ipynb"} <= names
        assert (bundle / f"exercises/{sheet.name}.ipynb").read_bytes() == (
            ROOT / f"exercises/{sheet.name}.ipynb"
        ).read_bytes()
        assert sheet.name in (bundle / "README.md").read_text()
    assert {"README.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.lock"} <= names
    assert not [name for name in names if "solutions" in name or "__pycache__" in name or "tests/" in name]


def test_no_solution_is_in_the_bundle_but_where_it_is_taught(bundle):
    sheets = list(solution_regions())
    regions = [region for _, regions, _ in sheets for region in regions]
    assert len(regions) > 40 and all(regions)
    files = {
        path.relative_to(bundle).as_posix(): lines_of(path) for path in bundle.rglob("*") if path.is_file()
    }
    places = ("notebooks/", "course_lib/layers/", "course_lib/tour.py")
    taught_in = [name for name in files if name.startswith(places)]
    assert taught_in
    for name in files.keys() - set(taught_in):
        whole = [region for region in regions if files[name].issuperset(region)]
        assert [region for region in whole if region not in SAID_ELSEWHERE] == [], name
    for sheet, regions, given in sheets:
        secret = {line for region in regions for line in region} - given
        assert len(secret) > 5
        assert not files[f"exercises/{sheet}.ipynb"] & secret


def test_the_makefile_of_the_bundle_has_the_learners_targets_only(bundle):
    if shutil.which("make") is None:
        pytest.skip("there is no make here")
    listed = [line.split()[0] for line in run(["make"], bundle).stdout.splitlines()]
    assert listed == ["help", "start", "lab", "doctor", "clean"]
    planned = run(["make", "-n", "start", "VENV=environment"], bundle)
    assert planned.returncode == 0 and "environment/bin/course start" in planned.stdout


def test_the_bundle_works_on_its_own(bundle):
    def learner(*arguments):
        return run([sys.executable, "-m", "course_lib.cli", *arguments], bundle)

    found = run([sys.executable, "-c", "import course_lib; print(course_lib.__file__)"], bundle)
    assert Path(found.stdout.strip()) == bundle / "course_lib" / "__init__.py"
    listed = learner("list")
    assert listed.returncode == 0 and all(name in listed.stdout for name in load_exercises())
    blank = learner("check", "masked_softmax")
    assert blank.returncode == 1 and "○ masked_softmax: blank (0 of" in blank.stdout
    sheet = bundle / "exercises" / f"{SHEET}.ipynb"
    handed_out = sheet.read_bytes()
    script = sheet.with_suffix(".py")
    script.write_bytes((ROOT / "solutions" / script.name).read_bytes())
    os.utime(script, (2e9, 2e9))
    solved = learner("check", "03")
    assert solved.returncode == 0, solved.stdout + solved.stderr
    assert f"{POINTS} of {POINTS} points" in solved.stdout
    script.unlink()
    sheet.write_text("spoilt")
    reset = learner("reset", "03")
    assert reset.returncode == 0 and "is blank again" in reset.stdout, reset.stderr
    assert sheet.read_bytes() == handed_out
    given_up = run(
        [
            sys.executable,
            "-c",
            "from course_lib.grading import solution; print(solution('dot_score', give_up=True))",
        ],
        bundle,
    )
    assert "not part of this copy" in given_up.stdout


def test_a_bundle_of_one_sheet_has_nothing_of_the_others(tmp_path):
    files = student_files(ROOT, choose_sheets(["03"]))
    names = {name.removeprefix("attention-course/") for name in files}
    sheets = {sheet.name: sheet for sheet in load_sheets()}
    for name, sheet in sheets.items():
        is_in = name == SHEET
        assert (f"notebooks/{name}.ipynb" in names) == is_in
        assert (f"course_lib/grading/checks/{name}/hints_and_mistakes.toml" in names) == is_in
        for exercise in sheet.exercises:
            assert (f"course_lib/grading/checks/{name}/{exercise.name}.py" in names) == is_in


@pytest.mark.parametrize("kind", [["student"], ["gradescope", "--sheet", "03"]])
def test_the_same_course_gives_the_same_bytes(tmp_path, kind):
    for name in ("one.zip", "two.zip"):
        assert course(["export", *kind, "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_cannot_be_exported_leaves_nothing_behind(tmp_path, capsys):
    out = tmp_path / "out"
    assert course(["export", "student", "--sheet", "03_attentoin", "--out", str(out)]) == 2
    assert "Did you mean 03_attention" in capsys.readouterr().err
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    assert course(["export", "otter", "--sheet", "03", "--out", str(out)]) == 2
    assert "Expected a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_a_broken_solution_is_reported(tmp_path, monkeypatch, capsys):
    for name in ("course_lib", "notebooks", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("LICENSE", "Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "benchmarks" / "results", tmp_path / "benchmarks" / "results")
    monkeypatch.setattr(export, "project_folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "solutions" / f"{SHEET}.py"
    source.write_text(source.read_text().replace("# END SOLUTION", "# END SOLUTON", 1))
    for kind in ("student", "otter"):
        assert course(["export", kind, "--out", "out"]) == 2
        assert "looks like `# END SOLUTION`, misspelt" in capsys.readouterr().err
    (tmp_path / "notebooks" / f"{SHEET}.ipynb").unlink()
    assert course(["export", "student", "--out", "out"]) == 2
    assert f"Expected notebooks/{SHEET}.ipynb" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@needs_bash
@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_sound(name):
    assert run(["bash", "-n", str(TEMPLATES / name)], TEMPLATES).returncode == 0
    if shutil.which("shellcheck"):
        checked = run(["shellcheck", str(TEMPLATES / name)], TEMPLATES)
        assert checked.returncode == 0, checked.stdout


@pytest.fixture
def autograder(tmp_path):
    """A container of Gradescope as a folder: the zip in `source`, an empty submission, its metadata."""
    place = tmp_path / "autograder"
    assert course(["export", "gradescope", "--sheet", SHEET, "--out", str(tmp_path / "autograder.zip")]) == 0
    for name in ("source", "submission", "results"):
        (place / name).mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, place / "source"))
            path.chmod(stat.S_IMODE(entry.external_attr >> 16))
    shutil.copy(place / "source" / "run_autograder", place)
    metadata = {
        "id": 123456,
        "created_at": "2026-11-21T14:22:32.365935-07:00",
        "users": [{"email": "ada@example.com", "id": 7, "name": "Ada"}],
        "previous_submissions": [],
    }
    (place / "submission_metadata.json").write_text(json.dumps(metadata))
    return place


def run_autograder(place, environment=sys.prefix):
    """Runs the script as Gradescope does; returns how it ended and what results there are."""
    ended = run(
        [str(place / "run_autograder")],
        place,
        AUTOGRADER_ROOT=str(place),
        COURSE_ENVIRONMENT=str(environment),
        KERAS_BACKEND="tensorflow",
    )
    results = place / "results" / "results.json"
    return ended, json.loads(results.read_text()) if results.exists() else None


def stub(folder, script):
    """An environment whose `python` tells the number of the submission, and is a shell script otherwise."""
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "python"
    program.write_text(
        f'#!/bin/bash\n[ "$1" = -c ] && exec "{sys.executable}" "$@"\n'
        f'echo "$@" >> "{folder}/calls"\n{script}\n'
    )
    program.chmod(0o755)
    return folder


@needs_bash
def test_a_fault_of_the_grader_is_no_mark(autograder, tmp_path):
    results = autograder / "results" / "results.json"
    environment = stub(tmp_path / "stub", f'echo \'{{"score": 0}}\' > "{results}"; exit 3')
    ended, marks = run_autograder(autograder, environment)
    assert ended.returncode == 1 and marks is None
    assert "says nothing about the submission" in ended.stderr
    calls = (environment / "calls").read_text().splitlines()
    submission = autograder / "submission"
    arguments = f"grade-one {submission} --sheet {SHEET} --seed 123456 --gradescope {results}"
    assert calls == [f"-m course_lib.cli {arguments}"] * 2


@needs_bash
def test_a_fault_that_passes_costs_nothing(autograder, tmp_path):
    results = autograder / "results" / "results.json"
    script = f'[ "$(wc -l < "{tmp_path}/stub/calls")" = 1 ] && exit 1; echo \'{{"score": 5}}\' > "{results}"'
    (autograder / "submission_metadata.json").unlink()
    ended, marks = run_autograder(autograder, stub(tmp_path / "stub", script))
    assert ended.returncode == 0 and marks == {"score": 5}
    seeds = {
        line.split("--seed ")[1].split()[0] for line in (tmp_path / "stub/calls").read_text().splitlines()
    }
    assert len(seeds) == 1 and seeds.pop().isdigit()


@needs_bash
def test_gradescope_gets_the_marks_and_the_mistake(autograder):
    tier, reasons = strongest()
    if tier is LimitsOnly:
        pytest.skip(f"nothing isolates here: {'; '.join(reasons)}")
    source = (ROOT / "solutions" / f"{SHEET}.py").read_text()
    right = "weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)"
    assert right in source
    sheet = autograder / "submission" / f"{SHEET}.py"
    sheet.write_text(source.replace(right, "return ops.softmax(scores, axis=-1)", 1))
    ended, marks = run_autograder(autograder)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert sum(test.get("max_score", 0) for test in marks["tests"]) == POINTS
    assert marks["score"] == POINTS - load_exercises()["masked_softmax"].points
    (wrong,) = [test for test in marks["tests"] if test.get("score") == 0]
    assert "masked_softmax" in wrong["name"] and "Masked keys still receive weight" in wrong["output"]
    others = stat.S_IRWXG | stat.S_IRWXO
    assert not [path for path in (autograder / "source").rglob("*") if path.stat().st_mode & others]
    assert stat.S_IMODE(autograder.stat().st_mode) == 0o700


def test_an_assignment_for_otter_leads_to_no_chapter_that_is_not_in_it():
    files = otter_files(ROOT, choose_sheets(["03"]))
    cells = json.loads(files["03_attention.ipynb"])["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    assert "section 3.4 Masks: do not look at padding*" in text
    assert "../notebooks" not in text
    (imports,) = (cell for cell in cells if "import check" in "".join(cell["source"])[:60])
    assert imports["cell_type"] == "code"
