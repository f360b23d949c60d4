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

from course_lib import backend, cli
from course_lib.grading.commands import watch
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.judging.judge import draw_cases
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.checking import find_tasks
from course_lib.grading.practice.progress import Progress
from course_lib.grading.worker.values import same_tree

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


def test_list_shows_every_exercise_in_eighty_columns(capsys):
    for exercise in load_exercises().values():
        Progress().record(Verdict(exercise.name, False, 0.25, exercise.points, "x", "", "", 0, 5))
    assert cli.main(["list"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80 and "…" not in out
    assert all(name in out for name in load_exercises())
    assert all(sheet.name in out for sheet in load_sheets())


def test_check_names_the_mistake_and_then_passes(course, capsys):
    answer(course, WRONG)
    assert cli.main(["check", "masked_softmax", "--seed", "3"]) == 1
    out = capsys.readouterr().out
    assert "Masked keys still receive weight" in out
    assert "Judging" not in out  # a spinner belongs on a terminal
    assert "It printed:" in out and "hello" in out and "course hint masked_softmax" in out
    answer(course, RIGHT)
    assert cli.main(["check", "masked_softmax"]) == 0
    assert "✓ masked_softmax: passed" in capsys.readouterr().out
    assert Progress().of("masked_softmax")["attempts"] == 2
    cli.main(["list"])
    (line,) = (line for line in capsys.readouterr().out.splitlines() if " masked_softmax " in line)
    assert line.startswith("  ✓") and line.endswith("passed") and " 6/6 points " in line


def test_check_judges_every_exercise_in_order_and_goes_on_after_a_crash(course, capsys):
    answer(course, "def masked_softmax(scores, mask):\n    import os; os._exit(1)\n")
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    names = [task.exercise.name for task in find_tasks([])]
    places = [out.index(f" {name}: ") for name in names]
    assert places == sorted(places)
    assert "ended the program by itself" in out
    assert out.count(": blank (0 of ") == len(names) - 1
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
        (["check", "03_atention"], "Did you mean 03_attention"),
        (["check", "softmax_jacob"], "Did you mean softmax_jacobian"),
        (["check", "99"], "No exercise or sheet is called '99'. `course list` shows them all."),
        (["reset", "masked_sofmax"], "Did you mean masked_softmax"),
        (["solution", "masked_sofmax"], "Did you mean masked_softmax"),
        (["solution", "masked_softmax", "--give-up"], "not part of this copy"),
        (["check", "nothing.py"], "There is no file nothing.py"),
        (["check", "other.py"], "no function or class with the name of an exercise"),
        (["hint", "masked_sofmax"], "Did you mean masked_softmax"),
        (["chekc"], "Did you mean `course check`?"),
    ],
)
def test_mistyped_names_are_met_with_the_right_ones(course, capsys, arguments, words):
    (course / "other.py").write_text("x = 1")
    assert cli.main(arguments) == 2
    error = capsys.readouterr().err
    assert words in error
    if arguments[0] != "chekc":
        assert len(error.splitlines()) == 1 and len(error) < 250


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


def test_hint_goes_deeper_and_says_when_there_is_no_further_one(course, capsys):
    for number, is_last in ((1, False), (2, False), (3, False), (3, True)):
        assert cli.main(["hint", "masked_softmax"]) == 0
        out = capsys.readouterr().out
        assert f"Hint {number} of 3" in out
        assert ("course solution masked_softmax --give-up" in out) == is_last
    answer(course, WRONG)
    cli.main(["check", "masked_softmax"])
    out = capsys.readouterr().out
    assert "All hints were given: course solution masked_softmax --give-up" in out
    assert "course hint" not in out


def test_the_solution_opens_once_the_answer_passes(course, capsys):
    (course / "solutions").mkdir()
    (course / "solutions" / "03_attention.py").write_text(
        (ROOT / "solutions" / "03_attention.py").read_text()
    )
    assert cli.main(["solution", "masked_softmax"]) == 1
    out, error = capsys.readouterr()
    assert out == "" and "--give-up" in error
    assert cli.main(["solution", "masked_softmax", "--give-up"]) == 0
    given_up = capsys.readouterr().out
    assert given_up.startswith("def masked_softmax") and "SOLUTION" not in given_up
    Progress().record(Verdict("masked_softmax", True, 6, 6, None, "", "", 0, 6))
    assert cli.main(["solution", "masked_softmax"]) == 0
    assert capsys.readouterr().out == given_up


def test_the_failing_case_is_python_on_standard_output_alone(course, capsys):
    answer(course, WRONG)
    assert cli.main(["check", "masked_softmax", "--seed", "3", "--case"]) == 1
    out, error = capsys.readouterr()
    assert "Masked keys still receive weight" in error and "--seed 3 --case" in error
    values = {}
    exec(out, values)
    index = Progress().of("masked_softmax")["failing_case"]["index"]
    assert same_tree(values["scores"], draw_cases("masked_softmax", 3)[index]["scores"])


def test_a_sheet_is_checked_by_its_number(course):
    assert {task.exercise.sheet for task in find_tasks(["3"])} == {"03_attention"}
    assert len(find_tasks(["3"])) == len(find_tasks(["03_attention"])) > 1


def test_progress_where_there_is_none_says_so(course, capsys, monkeypatch):
    assert cli.main(["progress"]) == 0
    assert "Nothing is kept yet." in capsys.readouterr().out
    (course / "exercises").rename(course / "sheets")
    assert cli.main(["progress"]) == 2
    out, error = capsys.readouterr()
    assert out == "" and f"There is no course in {course}" in error and "progress.json" not in error


def test_progress_counts_points_and_names_the_next(course, capsys):
    assert cli.main(["progress"]) == 0
    assert f"Next: {next(iter(load_exercises()))}" in capsys.readouterr().out
    Progress().record(Verdict("dot_score", False, 2.5, 4, "unscaled", "", "", 0, 6))
    answer(course, RIGHT)
    cli.main(["check", "masked_softmax"])
    capsys.readouterr()
    cli.main(["progress"])
    points = load_exercises()["masked_softmax"].points
    total = sum(exercise.points for exercise in load_exercises().values())
    assert f"{points + 2.5:g} of {total} points." in capsys.readouterr().out


def test_watch_judges_what_is_saved_and_remembers(course, capsys):
    Progress().move_to("masked_softmax")
    path = course / "exercises" / "03_attention.ipynb"
    arguments = SimpleNamespace(seconds=30.0, memory=3.0)

    def changes():
        assert "○ masked_softmax: blank (0 of 6 points)" in capsys.readouterr().out
        answer(course, WRONG)
        yield {(2, str(path)), (2, str(path) + "~"), (1, str(course / "exercises" / ".~03_attention.ipynb"))}
        out = capsys.readouterr().out
        assert "Masked keys still receive weight" in out and "Next:" not in out
        assert "dot_score" not in out
        answer(course, RIGHT)
        yield {(2, str(path))}
        out = capsys.readouterr().out
        assert "✓ masked_softmax" in out and "Next: dot_score" in out and "○" not in out
        yield {(3, str(course / "exercises" / "gone.ipynb"))}
        raise KeyboardInterrupt

    assert watch.main(arguments, changes()) == 0
    assert "progress is kept" in capsys.readouterr().out
    assert Progress().of("masked_softmax")["passed"]
    assert watch.current_exercise(Progress()) == "dot_score"


def test_watch_follows_the_learner_to_what_was_written_last(course, capsys):
    Progress().move_to("masked_softmax")
    path = course / "exercises" / "03_attention.ipynb"

    def changes():
        capsys.readouterr()
        answer(course, "def dot_score(query, key, scaled):\n    return query\n", "dot_score")
        yield {(2, str(path))}
        out = capsys.readouterr().out
        assert "✗ dot_score" in out and "masked_softmax" not in out
        path.write_text(path.read_text())  # saved without a change
        yield {(2, str(path))}
        assert "✗ dot_score" in capsys.readouterr().out
        path.write_text("{")
        yield {(2, str(path))}
        assert "not a notebook" in capsys.readouterr().out

    assert watch.main(SimpleNamespace(seconds=30.0, memory=3.0), changes()) == 0


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


@pytest.mark.parametrize("name", ["list", "check", "watch", "hint", "solution", "reset", "progress", "build"])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: course {name}" in capsys.readouterr().out


def test_the_overview_imports_nothing_heavy():
    code = "import sys; from course_lib import cli; cli.main([]); cli.main(['list'])\n"
    code += "assert not {'tensorflow', 'keras', 'jax', 'jupytext'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("command", [["check"], ["watch"], ["start"], ["grade", "x", "--out", "y"]])
def test_a_backend_that_is_not_installed_is_met_with_what_to_install(command, capsys, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setattr(backend.util, "find_spec", lambda name: None if name == "jax" else name)
    assert cli.main(command) == 2
    assert capsys.readouterr().err == (
        "Keras cannot start: jax is not installed. What to do: pip install -e '.[jax]' -c requirements.lock, "
        "or set KERAS_BACKEND=tensorflow.\n"
    )


def test_the_backend_of_the_settings_file_counts(tmp_path, monkeypatch):
    monkeypatch.delenv("KERAS_BACKEND")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert backend.chosen_backend() == "tensorflow"
    (tmp_path / "keras.json").write_text('{"backend": "torch"}')
    assert backend.chosen_backend() == "torch"
    monkeypatch.setenv("KERAS_BACKEND", "theano")
    assert backend.backend_problem()[0] == "KERAS_BACKEND='theano'"


def test_a_spinner_turns_on_a_terminal(course):
    answer(course, WRONG)
    command = f"{sys.executable} -m course_lib.cli check masked_softmax"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    shown = subprocess.run(
        ["script", "-qec", command, "/dev/null"], capture_output=True, text=True, env=environment, cwd=course
    ).stdout
    assert "Judging masked_softmax …" in shown and "✗ masked_softmax: not yet" in shown
