"""The exported assignment, assigned and run by otter-grader itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

from course_lib.authoring.exercises import strip_regions
from course_lib.authoring.exports import choose_sheets, otter_files, write_folder
from course_lib.grading.judging.exercise import find_exercise

otter = pytest.importorskip("otter", reason="otter-grader is not installed: pip install 'otter-grader==7.*'")
ROOT = Path(__file__).parents[2]
SHEET = "03_attention"
WRONG = "def masked_softmax(scores, mask):\n    return ops.softmax(scores, axis=-1)\n"


def run_otter(folder, *arguments):
    ended = subprocess.run(
        [sys.executable, "-m", "otter", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": "numpy", "JUPYTER_PREFER_ENV_PATH": "1"},
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended


@pytest.fixture(scope="module")
def assigned(tmp_path_factory):
    """The folder `otter assign` makes, its own run of the solutions included."""
    folder = tmp_path_factory.mktemp("otter") / "assignment"
    write_folder(folder, otter_files(ROOT, choose_sheets([SHEET])))
    ended = run_otter(folder, "assign", f"{SHEET}.ipynb", "dist")
    assert "Traceback" not in ended.stderr
    return folder / "dist"


def solution_text():
    return (ROOT / "solutions" / f"{SHEET}.py").read_text(encoding="utf-8")


def answer(assigned, path, changes=()):
    """Writes the student's notebook with our solutions in it, or with other answers for some exercises."""
    notebook = json.loads((assigned / "student" / f"{SHEET}.ipynb").read_text())
    solved = {}
    for cell in jupytext.reads(solution_text(), fmt="py:percent").cells:
        blank, names = strip_regions(cell.source) if cell.cell_type == "code" else ("", [])
        if names:
            solved[blank] = dict(changes).get(names[0], cell.source)
    count = 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if source in solved:
            cell["source"], count = solved[source], count + 1
    assert count == len(solved) > 5
    path.write_text(json.dumps(notebook))


def grade(assigned, path):
    """What `otter run` makes of a submission: points, possible points, and the output per question."""
    (archive,) = (assigned / "autograder").glob("*.zip")
    run_otter(path.parent, "run", "-a", str(archive), "-o", str(path.parent), path.name)
    tests = json.loads((path.parent / "results.json").read_text())["tests"]
    scored = {test["name"]: test for test in tests if "score" in test}
    return sum(test["score"] for test in scored.values()), scored


def test_learners_get_the_blank_sheet(assigned):
    notebook = json.loads((assigned / "student" / f"{SHEET}.ipynb").read_text())
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    sheet = choose_sheets([SHEET])[0]
    for exercise in sheet.exercises:
        assert f'    raise NotImplementedError("{exercise.name}: write me")' in text
        assert f'grader.check("{exercise.name}")' in text
    assert "SOLUTION" not in text and "PROMPT" not in text and "ops.matmul(ops.tanh" not in text
    assert not list((assigned / "student").rglob("solutions"))


def test_a_solved_sheet_gets_every_point(assigned, tmp_path):
    answer(assigned, tmp_path / "solved.ipynb")
    points, scored = grade(assigned, tmp_path / "solved.ipynb")
    sheet = choose_sheets([SHEET])[0]
    assert points == sheet.points
    assert {name: test["max_score"] for name, test in scored.items()} == {
        exercise.name: exercise.points for exercise in sheet.exercises
    }


def test_a_mistake_costs_its_points_and_is_named(assigned, tmp_path):
    copied = "local_weights = dot_score\n"  # another answer under this name earns nothing
    answer(assigned, tmp_path / "wrong.ipynb", {"masked_softmax": WRONG, "local_weights": copied})
    points, scored = grade(assigned, tmp_path / "wrong.ipynb")
    exercises = [find_exercise(name) for name in ("masked_softmax", "local_weights")]
    assert points == choose_sheets([SHEET])[0].points - sum(exercise.points for exercise in exercises)
    output = scored["masked_softmax"]["output"]
    assert exercises[0].mistakes["mask_ignored"].message in output
    assert "The smallest case that shows it" in output
