"""The repository for learners: its workflow judges when its steps are run, its links open sheets on a hub."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from course_lib.authoring.exports import ExportError, choose_sheets
from course_lib.authoring.exports.repository import pull_link, release_page
from course_lib.authoring.links import links_in
from course_lib.cli import main as course
from course_lib.grading.judging.exercise import load_sheets
from course_lib.grading.sandbox.isolation import LimitsOnly, strongest

ROOT = Path(__file__).parents[2]
SHEET = "03_attention"
POINTS = next(sheet.points for sheet in load_sheets() if sheet.name == SHEET)
HUB, ADDRESS = "https://hub.example.edu", "https://github.com/you/class-03"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "class-03"
    options = ["--sheet", SHEET, "--hub", f"{HUB}/", "--address", f"{ADDRESS}.git"]
    assert course(["export", "repository", *options, "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def workflow(exported):
    return yaml.safe_load((exported / ".github/workflows/judge.yml").read_text())


@pytest.fixture
def runner(exported, tmp_path):
    """A copy of the repository, and a machine whose `sudo`, `apt-get` and `pip` are noted and not run."""
    work, tools = tmp_path / "work", tmp_path / "tools"
    shutil.copytree(exported, work)
    tools.mkdir()
    calls = tools / "calls"
    programs = {
        "sudo": 'exec "$@"',
        "apt-get": f'echo "apt-get $*" >> "{calls}"',
        "python": f'[ "$2" = pip ] && echo "python $*" >> "{calls}" && exit\nexec "{sys.executable}" "$@"',
    }
    for name, script in programs.items():
        (tools / name).write_text(f"#!/bin/bash\n{script}\n")
        (tools / name).chmod(0o755)
    return work, tools


def run_steps(workflow, work, tools, **environment):
    """Runs what the job's `run` steps say, one after the other; returns the last status, and the log."""
    (job,) = workflow["jobs"].values()
    values = {name: str(value) for name, value in job["env"].items()}
    values |= {"STUDENT": "ada", "SEED": "4711", "GITHUB_STEP_SUMMARY": str(tools / "summary"), **environment}
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    log = ""
    for step in job["steps"]:
        if "run" in step:
            ended = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-c", step["run"]],  # as GitHub does
                cwd=work,
                env={**outer, **values, "PATH": path, "PYTHONPATH": str(work), "KERAS_BACKEND": "tensorflow"},
                capture_output=True,
                text=True,
            )
            log += ended.stdout + ended.stderr
            if ended.returncode:
                break
    return ended.returncode, log


def needs_isolation():
    tier, reasons = strongest()
    if tier is LimitsOnly:
        pytest.skip(f"nothing isolates here: {'; '.join(reasons)}")


def test_the_workflow_is_what_classroom_asks_for(workflow):
    assert workflow["name"] == "Autograding Tests" and list(workflow["jobs"]) == ["run-autograding-tests"]
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["env"]["SHEETS"] == SHEET
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")], (
        "no text of others in a script"
    )
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(name.startswith("actions/") for name in uses), "none that has been given up"


def test_a_solved_sheet_is_green(workflow, runner):
    needs_isolation()
    work, tools = runner
    shutil.copy(ROOT / "solutions" / f"{SHEET}.py", work / "exercises" / f"{SHEET}.py")
    (work / "exercises" / f"{SHEET}.ipynb").unlink()
    status, log = run_steps(workflow, work, tools)
    assert status == 0, log
    assert (
        f"{POINTS} of {POINTS} points" in log
        and "✓ masked_softmax: passed" in (tools / "summary").read_text()
    )
    record = json.loads((work / "result.json").read_text())
    assert (record["student"], record["seed"], record["points"], record["status"]) == (
        "ada",
        4711,
        POINTS,
        "marked",
    )
    assert (tools / "calls").read_text().count("\n") == 3 and "requirements.lock" in (
        tools / "calls"
    ).read_text()


def test_a_wrong_sheet_is_red_and_told_its_mistake(workflow, runner):
    needs_isolation()
    work, tools = runner
    source = (ROOT / "solutions" / f"{SHEET}.py").read_text()
    right = "weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)"
    assert right in source
    wrong = source.replace(right, "print('::error::x')\n    return ops.softmax(scores, axis=-1)", 1)
    (work / "exercises" / f"{SHEET}.py").write_text(wrong)
    os.utime(work / "exercises" / f"{SHEET}.py", (2e9, 2e9))
    (work / "exercises" / f"{SHEET}.ipynb").unlink()
    status, log = run_steps(workflow, work, tools)
    assert status == 3, log
    summary = (tools / "summary").read_text()
    assert "Masked keys still receive weight" in summary and "masked_softmax: not yet" in summary
    begins, ends = log.index("::stop-commands::"), log.rindex("::")
    assert begins < log.index("masked_softmax") < ends
    assert json.loads((work / "result.json").read_text())["points"] < POINTS


def test_what_cannot_be_judged_is_no_mark(workflow, runner):
    work, tools = runner
    status, log = run_steps(workflow, work, tools, SHEETS="03_attentoin")
    assert status == 2 and "Did you mean 03_attention" in log
    assert not (work / "result.json").exists()


def test_the_repository_takes_no_solution_along_and_ignores_what_is_made(exported):
    names = {path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()}
    assert {"README.md", "requirements.lock", f"exercises/{SHEET}.ipynb", "RELEASE.md", ".gitignore"} <= names
    assert not [name for name in names if "solutions" in name]
    assert ".venv/" in (exported / ".gitignore").read_text()
    assert "Every push is judged" in (exported / "README.md").read_text()


def test_a_link_opens_the_sheet_on_the_hub(exported):
    chapter, sheet = links_in((exported / "RELEASE.md").read_text())[:2]
    parts = urlsplit(sheet)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{HUB}/hub/user-redirect/git-pull"
    assert parse_qs(parts.query) == {
        "repo": [f"{ADDRESS}.git"],
        "branch": ["main"],
        "urlpath": [f"lab/tree/class-03/exercises/{SHEET}.ipynb?autodecode"],
    }
    assert f"notebooks%2F{SHEET}.ipynb" in chapter
    assert (exported / "exercises" / f"{SHEET}.ipynb").exists()


@pytest.mark.parametrize(
    ("hub", "address", "words"),
    [
        ("hub.example.edu", ADDRESS, "address of the hub"),
        (f"{HUB}?next=x", ADDRESS, "address of the hub"),
        ("javascript:alert(1)", ADDRESS, "address of the hub"),
        (HUB, "git@github.com:you/course", "address of the repository"),
        (HUB, "https://ada:secret@example.org/course", "address of the repository"),
        (HUB, "", "Links need the address"),
    ],
)
def test_an_address_that_is_none_is_refused_and_nothing_written(tmp_path, capsys, hub, address, words):
    with pytest.raises(ExportError, match=words):
        release_page(choose_sheets(["03"]), address, hub)
    out = tmp_path / "out"
    options = ["--sheet", "03", "--hub", hub, "--address", address, "--out", str(out)]
    assert course(["export", "repository", *options]) == 2
    assert words in capsys.readouterr().err and not out.exists()


def test_an_odd_branch_is_refused():
    with pytest.raises(ExportError, match="name of a branch"):
        pull_link(HUB, ADDRESS, "a.ipynb", "main&urlpath=evil")
