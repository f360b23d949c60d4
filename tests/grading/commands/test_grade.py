"""`course grade` and `course grade-one`: no mark is lost, invented or made twice, whatever happens."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support.submissions import (
    BLANK,
    RIGHT,
    SHEET,
    WRONG,
    grade,
    hand_in,
    records_in,
    stub_bubblewrap,
    without_times,
)

from course_lib.cli import main
from course_lib.grading.classroom.gradebook import Gradebook
from course_lib.grading.classroom.record import Record
from course_lib.grading.sandbox.isolation import Bubblewrap, IsolationUnavailable

SEED = 7
KILL_SECONDS = 120.0


def why_no_bubblewrap():
    try:
        Bubblewrap().check()
    except IsolationUnavailable as error:
        return str(error)


NO_BUBBLEWRAP = why_no_bubblewrap()
needs_bubblewrap = pytest.mark.skipif(NO_BUBBLEWRAP is not None, reason=str(NO_BUBBLEWRAP))


@pytest.fixture(autouse=True)
def numpy_backend(monkeypatch):
    """The backend that is imported soonest."""
    monkeypatch.setenv("KERAS_BACKEND", "numpy")


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A class of three, and the marks of an undisturbed run."""
    if NO_BUBBLEWRAP is not None:
        pytest.skip(NO_BUBBLEWRAP)
    folder = tmp_path_factory.mktemp("class")
    submissions = hand_in(folder / "submissions", ada=RIGHT, bob=WRONG, cleo=BLANK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        assert grade(submissions, folder / "marks", "--seed", SEED, "--jobs", 2) == 0
    return submissions, folder / "marks"


@pytest.fixture
def again(marked, tmp_path):
    """A copy of that class and of its marks, to do things to."""
    for source, name in zip(marked, ("submissions", "marks"), strict=True):
        shutil.copytree(source, tmp_path / name)
    return tmp_path / "submissions", tmp_path / "marks"


def marks_of(out):
    return {student: Record.from_json(text).marks() for student, text in records_in(out).items()}


def changed_since(out, before):
    after = records_in(out)
    return {student for student in before.keys() | after.keys() if before.get(student) != after.get(student)}


def marks_table(out):
    with open(out / "marks.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_marks_and_reports(marked):
    _, out = marked
    records = {student: Record.from_json(text) for student, text in records_in(out).items()}
    passed = {student: record.exercises[0].verdict.passed for student, record in records.items()}
    assert passed == {"ada": True, "bob": False, "cleo": False}
    assert records["bob"].exercises[0].verdict.diagnosis == "described_mistake"
    assert records["cleo"].exercises[0].verdict.diagnosis == "not_attempted"
    assert {record.tier for record in records.values()} == {"bubblewrap"}
    assert {record.status for record in records.values()} == {"marked"}
    assert {path.name for path in out.iterdir()} - {".lock"} == {
        "run.json",
        "records",
        "students",
        "marks.csv",
        "class.html",
    }
    assert json.loads((out / "run.json").read_text())["seed"] == SEED
    assert len({record.seed for record in records.values()}) == 3, "everybody has inputs of their own"
    assert marks_table(out).keys() == {"ada", "bob", "cleo"}


def test_what_is_marked_is_not_marked_again(again, capsys):
    submissions, out = again
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (out / "records").iterdir()}
    assert grade(submissions, out) == 0
    assert "3 were marked before" in capsys.readouterr().out
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (out / "records").iterdir()
    }


def test_what_has_changed_or_is_broken_is_marked_again(again):
    submissions, out = again
    marks, before = marks_of(out), records_in(out)
    (submissions / "bob.py").write_text(RIGHT)
    broken = out / "records" / "cleo.json"
    broken.write_bytes(broken.read_bytes()[:200])
    assert grade(submissions, out, "--jobs", 2) == 0
    assert changed_since(out, before) == {"bob", "cleo"}
    assert Record.from_json(records_in(out)["bob"]).exercises[0].verdict.passed
    assert marks_of(out)["cleo"] == marks["cleo"]


def test_regrading_gives_the_same_marks_and_keeps_the_old_records(again):
    submissions, out = again
    marks, before = marks_of(out), records_in(out)
    assert grade(submissions, out, "--regrade", "--jobs", 1) == 0
    assert marks_of(out) == marks, "bit for bit, whatever the number of jobs"
    assert {student: without_times(text) for student, text in records_in(out).items()} == {
        student: without_times(text) for student, text in before.items()
    }
    (aside,) = out.glob("records.until-*")
    assert {path.stem: path.read_text(encoding="utf-8") for path in aside.iterdir()} == before


def test_a_kill_in_the_middle_loses_nothing(marked, tmp_path):
    submissions, undisturbed = marked
    out = tmp_path / "marks"
    options = ["--out", str(out), "--sheet", SHEET, "--seed", str(SEED), "--jobs", "1"]
    command = [sys.executable, "-m", "course_lib.cli", "grade", str(submissions), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    give_up = time.monotonic() + KILL_SECONDS
    while not list(out.glob("records/*.json")) and process.poll() is None and time.monotonic() < give_up:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.glob("records/*.json")}
    assert 1 <= len(done) < 3, "the kill was to come in the middle"
    assert not (out / "marks.csv").exists()
    assert grade(submissions, out, "--jobs", 2) == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in done} == done
    assert marks_of(out) == marks_of(undisturbed)
    assert not list(out.rglob(".*.partial"))


def test_an_interrupt_keeps_what_is_done(marked, tmp_path, monkeypatch):
    submissions, undisturbed = marked
    out, save = tmp_path / "marks", Gradebook.save

    def save_and_interrupt(gradebook, record):
        save(gradebook, record)
        monkeypatch.undo()
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Gradebook, "save", save_and_interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    try:
        assert grade(submissions, out, "--seed", SEED, "--jobs", 1) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    done = marks_of(out)
    assert 1 <= len(done) < 3
    assert marks_table(out).keys() == done.keys()
    assert done.items() <= marks_of(undisturbed).items()


@needs_bubblewrap
def test_a_worker_that_fails_once_costs_nothing(marked, tmp_path, monkeypatch):
    _, undisturbed = marked
    stub_bubblewrap(tmp_path / "bin", shutil.which("bwrap"), monkeypatch, failures=1)
    submissions = hand_in(tmp_path / "submissions", bob=WRONG)
    assert grade(submissions, tmp_path / "marks", "--seed", SEED) == 0
    assert not list((tmp_path / "bin").glob("fails.*")), "a start was to fail"
    assert marks_of(tmp_path / "marks")["bob"] == marks_of(undisturbed)["bob"]


@needs_bubblewrap
def test_a_fault_is_no_zero_and_the_next_run_repairs_it(marked, tmp_path, monkeypatch, capsys):
    _, undisturbed = marked
    submissions, out = hand_in(tmp_path / "submissions", bob=WRONG), tmp_path / "marks"
    (submissions / "dora.zip").write_bytes(b"PK\x03\x04 cut off")
    with monkeypatch.context() as patch:
        stub_bubblewrap(tmp_path / "bin", shutil.which("bwrap"), patch, failures=None)
        assert grade(submissions, out, "--seed", SEED) == 1
    words = capsys.readouterr().out
    assert "the grader failed" in words and "no more space" in words
    assert Record.from_json(records_in(out)["bob"]).points is None
    rows = marks_table(out)
    assert rows["bob"]["points"] == "" and rows["dora"]["points"] == "0"
    assert rows["bob"]["status"] == "fault" and rows["dora"]["status"] == "unreadable"
    before = records_in(out)
    assert grade(submissions, out) == 0
    assert changed_since(out, before) == {"bob"}
    assert marks_of(out)["bob"] == marks_of(undisturbed)["bob"]
    assert marks_table(out)["bob"]["points"] == "0"


@pytest.fixture
def no_isolation(tmp_path, monkeypatch):
    """Neither bubblewrap nor root."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_without_isolation_nothing_is_marked(no_isolation, tmp_path, capsys):
    submissions = hand_in(tmp_path / "submissions", ada=RIGHT)
    assert grade(submissions, tmp_path / "marks") == 2
    words = capsys.readouterr().err
    assert "bubblewrap is not installed" in words and "--trust-submissions" in words
    assert not list(tmp_path.glob("marks/records/*"))
    options = ["--sheet", SHEET, "--seed", "7", "--out", str(tmp_path / "record.json")]
    assert main(["grade-one", str(submissions / "ada.py"), *options]) == 2
    assert not (tmp_path / "record.json").exists()


def test_trusted_submissions_are_marked_without_isolation(no_isolation, tmp_path):
    submissions = hand_in(tmp_path / "submissions", ada=RIGHT)
    assert grade(submissions, tmp_path / "marks", "--trust-submissions") == 0
    record = Record.from_json(records_in(tmp_path / "marks")["ada"])
    assert record.tier == "limits only" and record.exercises[0].verdict.passed


def test_one_run_at_a_time(tmp_path, capsys):
    submissions, out = hand_in(tmp_path / "submissions", ada=RIGHT), tmp_path / "marks"
    with Gradebook(out):
        assert grade(submissions, out, "--trust-submissions") == 2
    assert "Another run is at work" in capsys.readouterr().err
    assert records_in(out) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "7"])
def test_broken_settings_stop_the_run(tmp_path, capsys, text):
    submissions, out = hand_in(tmp_path / "submissions", ada=RIGHT), tmp_path / "marks"
    out.mkdir()
    (out / "run.json").write_text(text)
    assert grade(submissions, out, "--trust-submissions") == 2
    assert "run.json" in capsys.readouterr().err
    assert (out / "run.json").read_text() == text


@pytest.mark.parametrize("options", [["--seed", "8"], ["--sheet", "01_language_models"]])
def test_another_question_does_not_mix_with_the_marks(tmp_path, capsys, options):
    submissions, out = hand_in(tmp_path / "submissions", ada=RIGHT), tmp_path / "marks"
    with Gradebook(out) as gradebook:
        gradebook.save_settings({"seed": 7, "sheets": [SHEET]})
    assert grade(submissions, out, *options) == 2
    assert "Use another folder, or --regrade" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options, words",
    [
        (["--jobs", "0"], "--jobs must be at least 1. Received: 0."),
        (["--jobs", "-2"], "--jobs must be at least 1. Received: -2."),
        (["--sheet", "99_nothing"], "99_nothing"),
        (["--due", "tomorrow"], "tomorrow"),
    ],
)
def test_bad_options_are_named(tmp_path, capsys, options, words):
    submissions = hand_in(tmp_path / "submissions", ada=RIGHT)
    assert grade(submissions, tmp_path / "marks", *options) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.glob("marks/*"))


@pytest.mark.parametrize("option", ["--seconds", "--memory"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e9", "much"])
def test_limits_that_are_none_are_named(tmp_path, capsys, option, value):
    with pytest.raises(SystemExit) as stopped:
        grade(tmp_path, tmp_path / "marks", f"{option}={value}")
    assert stopped.value.code == 2
    assert (
        f"{option}: must be a positive number, at most 1000000. Received: {value}." in capsys.readouterr().err
    )


def test_an_empty_or_missing_folder_is_named(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert grade(tmp_path / "empty", tmp_path / "marks") == 2
    assert "no submission in" in capsys.readouterr().err
    assert grade(tmp_path / "missing", tmp_path / "marks") == 2
    assert "missing" in capsys.readouterr().err
    assert not (tmp_path / "marks").exists()


def grade_one(path, seed, *options):
    return main(["grade-one", str(path), "--sheet", SHEET, "--seed", str(seed), *map(str, options)])


def test_grade_one_gives_the_record_of_the_run_again_and_again(marked, tmp_path, capsys):
    submissions, out = marked
    expected = records_in(out)["bob"]
    seed = json.loads(expected)["seed"]
    files = tmp_path / "record.json", tmp_path / "results.json"
    assert grade_one(submissions / "bob.py", seed, "--out", files[0], "--gradescope", files[1]) == 0
    assert capsys.readouterr().out == ""
    assert grade_one(submissions / "bob.py", seed) == 0
    printed = capsys.readouterr().out
    # All but the seconds comes again, byte for byte; a folder of submissions adds when it was handed in.
    first, second = without_times(files[0].read_text()), without_times(printed)
    assert json.dumps(first) == json.dumps(second)
    assert Record.from_json(printed).marks() == Record.from_json(expected).marks()
    assert first | {"submitted_at": None} == without_times(expected) | {"submitted_at": None}
    results = json.loads(files[1].read_text())
    assert sum(test["score"] for test in results["tests"]) == 0
    assert sum(test["max_score"] for test in results["tests"]) == first["possible"]


def test_grade_one_says_what_it_cannot_do(tmp_path, capsys):
    (tmp_path / "ada.py").write_text(RIGHT)
    assert grade_one(tmp_path / "bob.py", 7) == 2
    assert "bob.py" in capsys.readouterr().err
    assert main(["grade-one", str(tmp_path / "ada.py"), "--sheet", "99_nothing", "--seed", "7"]) == 2
    assert "99_nothing" in capsys.readouterr().err


@needs_bubblewrap
def test_grade_one_gives_no_mark_when_the_grader_fails(tmp_path, monkeypatch, capsys):
    (tmp_path / "ada.py").write_text(RIGHT)
    stub_bubblewrap(tmp_path / "bin", shutil.which("bwrap"), monkeypatch, failures=None)
    results = tmp_path / "results.json"
    assert grade_one(tmp_path / "ada.py", 7, "--gradescope", results) == 1
    assert "this is no mark" in capsys.readouterr().err
    assert not results.exists()
