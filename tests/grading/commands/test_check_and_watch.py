"""The `course` command as a learner uses it, in a course of its own."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib import cli
from course_lib.grading.commands import watch
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.practice.checking import find_tasks
from course_lib.grading.practice.progress import Progress

ROOT = Path(__file__).parents[3]
RIGHT = """def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)
"""
WRONG = "def masked_softmax(scores, mask):\n    print('hello')\n    return ops.softmax(scores, axis=-1)\n"


@pytest.fixture(autouse=True)
def course(tmp_path, monkeypatch):
    """The built exercises in a folder of its own, judged on the backend that is imported soonest."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    for path in (ROOT / "exercises").glob("*.ipynb"):
        (folder / path.name).write_text(path.read_text())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


def answer(course, source, name="masked_softmax", sheet="03_attention"):
    """Writes an answer into the learner's notebook."""
    path = course / "exercises" / f"{sheet}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and f"def {name}(" in "".join(cell["source"]):
            cell["source"] = source.splitlines(keepends=True)
    path.write_text(json.dumps(notebook))
    return path


def test_list_shows_every_exercise(capsys):
    assert cli.main(["list"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in load_exercises())
    assert all(sheet.name in out for sheet in load_sheets())


def test_check_names_the_mistake_and_then_passes(course, capsys):
    answer(course, WRONG)
    assert cli.main(["check", "masked_softmax", "--seed", "3"]) == 1
    out = capsys.readouterr().out
    assert "masked keys still receive weight" in out
    assert "It printed:" in out and "hello" in out and "course hint masked_softmax" in out
    answer(course, RIGHT)
    assert cli.main(["check", "masked_softmax"]) == 0
    assert "✓ masked_softmax: passed" in capsys.readouterr().out
    assert Progress().of("masked_softmax")["attempts"] == 2
    cli.main(["list"])
    assert "✓ passed" in capsys.readouterr().out


def test_check_judges_every_exercise_in_order_and_goes_on_after_a_crash(course, capsys):
    answer(course, "def masked_softmax(scores, mask):\n    import os; os._exit(1)\n")
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    names = [task.exercise.name for task in find_tasks([])]
    places = [out.index(f" {name}: ") for name in names]
    assert places == sorted(places)
    assert "ended the program by itself" in out
    assert out.count("still blank") == len(names) - 1
    if len(names) > 1:
        assert f"0 of {len(names)} passed" in out


def test_a_sheet_that_is_not_there_stops_nothing(course):
    for path in (course / "exercises").iterdir():
        if path.stem != "03_attention":
            path.unlink()
    assert {task.exercise.sheet for task in find_tasks([])} == {"03_attention"}


def test_check_works_on_scripts_and_says_what_is_defined_twice(course, capsys):
    (course / "exercises" / "03_attention.py").write_text(f"from keras import ops\n{WRONG}\n{RIGHT}")
    os.utime(course / "exercises" / "03_attention.py", (2e9, 2e9))
    assert cli.main(["check", "masked_softmax"]) == 0
    assert "defined 2 times; the last one counts (line 6)" in " ".join(capsys.readouterr().out.split())
    (course / "mine.py").write_text(f"from keras import ops\n{RIGHT}")
    assert cli.main(["check", "mine.py"]) == 0


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["check", "masked_sofmax"], "Did you mean masked_softmax"),
        (["check", "nothing.py"], "There is no file nothing.py"),
        (["check", "other.py"], "no function or class with the name of an exercise"),
        (["hint", "masked_sofmax"], "Did you mean masked_softmax"),
        (["chekc"], "Did you mean `course check`?"),
    ],
)
def test_mistyped_names_are_met_with_the_right_ones(course, capsys, arguments, words):
    (course / "other.py").write_text("x = 1")
    assert cli.main(arguments) == 2
    assert words in capsys.readouterr().err


def test_outside_a_course_check_says_where_to_go(tmp_path, monkeypatch, capsys):
    (tmp_path / "elsewhere").mkdir()
    for path in (tmp_path / "exercises").iterdir():
        path.unlink()
    assert cli.main(["check"]) == 2
    assert "course build" in capsys.readouterr().err


def test_a_sheet_of_monstrous_size_is_refused(course, capsys):
    (course / "exercises" / "03_attention.ipynb").write_bytes(b" " * (21 * 2**20))
    assert cli.main(["check", "masked_softmax"]) == 1
    assert "has 21 MB" in capsys.readouterr().out


def test_hint_goes_deeper(capsys):
    for number in (1, 2, 3, 3):
        assert cli.main(["hint", "masked_softmax"]) == 0
        assert f"Hint {number} of 3" in capsys.readouterr().out


def test_progress_counts_points_and_names_the_next(course, capsys):
    assert cli.main(["progress"]) == 0
    assert f"Next: {next(iter(load_exercises()))}" in capsys.readouterr().out
    answer(course, RIGHT)
    cli.main(["check", "masked_softmax"])
    capsys.readouterr()
    cli.main(["progress"])
    points = load_exercises()["masked_softmax"].points
    total = sum(exercise.points for exercise in load_exercises().values())
    assert f"{points} of {total} points." in capsys.readouterr().out


def test_watch_judges_what_is_saved_and_remembers(course, capsys):
    Progress().move_to("masked_softmax")
    path = course / "exercises" / "03_attention.ipynb"
    arguments = SimpleNamespace(seconds=30.0, memory=3.0)

    def changes():
        assert "○ masked_softmax: still blank" in capsys.readouterr().out
        answer(course, WRONG)
        yield {(2, str(path)), (2, str(path) + "~"), (1, str(course / "exercises" / ".~03_attention.ipynb"))}
        out = capsys.readouterr().out
        assert "masked keys still receive weight" in out and "Next: masked_softmax" in out
        answer(course, RIGHT)
        yield {(2, str(path))}
        assert "✓ masked_softmax" in capsys.readouterr().out
        yield {(3, str(course / "exercises" / "gone.ipynb"))}
        raise KeyboardInterrupt

    assert watch.main(arguments, changes()) == 0
    assert "progress is kept" in capsys.readouterr().out
    assert Progress().of("masked_softmax")["passed"]
    assert watch.current_exercise(Progress()) != "masked_softmax"


def test_watch_sees_a_file_being_saved(course):
    answer(course, WRONG)
    Progress().move_to("masked_softmax")
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.cli", "watch"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    lines = []

    def read():
        for line in process.stdout:
            lines.append(line)

    reader = threading.Thread(target=read)
    reader.start()

    def wait_for(words, seconds, meanwhile=lambda: None):
        end = time.monotonic() + seconds
        while not any(words in line for line in lines):
            assert time.monotonic() < end and process.poll() is None, lines
            meanwhile()
            time.sleep(1)

    try:
        wait_for("Watching", 120)
        wait_for("✓ masked_softmax", 60, meanwhile=lambda: answer(course, RIGHT))
    finally:
        process.kill()
        process.wait()
        reader.join(10)
        process.stdout.close()


def test_the_overview_names_every_command(capsys):
    assert cli.main([]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in cli.COMMANDS)
    assert cli.main(["--version"]) == 0


@pytest.mark.parametrize("name", ["list", "check", "watch", "hint", "reset", "progress", "build"])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: course {name}" in capsys.readouterr().out


def test_the_overview_imports_nothing_heavy():
    code = "import sys; from course_lib import cli; cli.main([]); cli.main(['list'])\n"
    code += "assert not {'tensorflow', 'keras', 'jax', 'jupytext'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
