"""On a cluster the marks are those of this machine, and a worker that dies takes none with it."""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from support.submissions import BLANK, RIGHT, SHEET, WRONG, grade, hand_in, records_in

from course_lib.grading.classroom import cluster
from course_lib.grading.classroom.local_run import grade_here
from course_lib.grading.classroom.record import Record
from course_lib.grading.classroom.submissions import find_submissions
from course_lib.grading.judging.exercise import find_sheet
from course_lib.grading.sandbox import Limits
from course_lib.grading.sandbox.isolation import Bubblewrap, IsolationUnavailable

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="needs the extra `cluster`"
)
SEED = 7
SHEETS = [find_sheet(SHEET)]


def why_no_bubblewrap():
    try:
        Bubblewrap().check()
    except IsolationUnavailable as error:
        return str(error)


NO_BUBBLEWRAP = why_no_bubblewrap()
needs_bubblewrap = pytest.mark.skipif(NO_BUBBLEWRAP is not None, reason=str(NO_BUBBLEWRAP))


@pytest.fixture(scope="module", autouse=True)
def numpy_backend():
    """The backend that is imported soonest, here and in the workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        yield


@contextlib.contextmanager
def scheduler():
    """A scheduler on the loopback interface, in a process of its own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    arguments = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--dashboard-address", ":0"]
    with started("distributed.cli.dask_scheduler", *arguments):
        yield f"tcp://127.0.0.1:{port}"


@contextlib.contextmanager
def started(module, *arguments, before=""):
    command = [
        sys.executable,
        "-c",
        f"{before}\nimport runpy; runpy.run_module({module!r}, run_name='__main__')",
    ]
    process = subprocess.Popen([*command, *arguments], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def worker(address, folder, before=""):
    """A worker of one thread, in a process of its own and a folder that nothing else uses."""
    arguments = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    return started("distributed.cli.dask_worker", address, *arguments, before=before)


def connect(address, workers):
    import distributed

    client = distributed.Client(address, timeout=60, set_as_default=False)
    if workers:
        client.wait_for_workers(workers, timeout=120)
    return client


@contextlib.contextmanager
def two_workers(folder):
    """A scheduler with two workers; gives its address, a client, and the workers' process ids by address."""
    with (
        scheduler() as address,
        worker(address, folder / "one"),
        worker(address, folder / "two"),
        connect(address, workers=2) as client,
    ):
        yield address, client, client.run(os.getpid)


def mark_on(address, submissions, is_trusted, keep):
    cluster.grade_on_cluster(submissions, SHEETS, SEED, Limits(), address, is_trusted, keep)


@needs_bubblewrap
def test_a_killed_worker_takes_no_mark_with_it(tmp_path):
    folder = hand_in(tmp_path / "submissions", ada=RIGHT, bob=WRONG, cleo=BLANK, dora=RIGHT, emil=WRONG)
    (folder / "finn").mkdir()
    hand_in(folder / "finn", answers=RIGHT, notes="x = 1")
    (folder / "gina.zip").write_bytes(b"PK\x03\x04 cut off")
    submissions = find_submissions(folder)
    records, local, killed = {}, {}, []

    with two_workers(tmp_path) as (address, client, pids):

        def keep(record):
            records[record.student] = record
            busy = [name for name, tasks in client.processing().items() if tasks]
            if record.status == "marked" and not killed and busy:
                killed.append(busy[0])
                os.kill(pids[busy[0]], signal.SIGKILL)

        mark_on(address, submissions, False, keep)
        assert killed and len(client.nthreads()) == 1

    def keep_local(record):
        local[record.student] = record

    grade_here(submissions, SHEETS, SEED, Bubblewrap, Limits(), 2, keep_local)
    assert {student: record.marks() for student, record in records.items()} == {
        student: record.marks() for student, record in local.items()
    }
    assert records["ada"].exercises[0].verdict.passed and records["finn"].exercises[0].verdict.passed
    assert records["gina"].status == "unreadable"
    assert {record.tier for record in records.values() if record.status == "marked"} == {"bubblewrap"}


def test_a_mark_lost_between_its_end_and_its_reading_is_made_again(tmp_path, monkeypatch):
    """A worker holds the marks it has finished; here it dies when the first is asked for."""
    import distributed

    submissions = find_submissions(hand_in(tmp_path / "submissions", ada=RIGHT, bob=WRONG))
    records, killed, read = {}, [], distributed.Future.result

    with two_workers(tmp_path) as (address, client, pids):

        def kill_then_read(future, *arguments, **options):
            if not killed:
                (holder,) = client.who_has([future])[future.key]
                killed.append(future.key)
                os.kill(pids[holder], signal.SIGKILL)
                while holder in client.nthreads():
                    time.sleep(0.05)
            return read(future, *arguments, **options)

        def keep(record):
            assert record.student not in records
            records[record.student] = record

        monkeypatch.setattr(distributed.Future, "result", kill_then_read)
        mark_on(address, submissions, True, keep)
    assert killed and {record.status for record in records.values()} == {"marked"}, records
    assert records["ada"].exercises[0].verdict.passed and not records["bob"].exercises[0].verdict.passed


def test_a_run_over_a_cluster(tmp_path, capsys):
    submissions, out = hand_in(tmp_path / "submissions", ada=RIGHT), tmp_path / "marks"
    # This one has no bubblewrap, no root, and no course that is the same as here.
    hide = "import os; os.environ['PATH'] = ''; os.geteuid = lambda: 1000"
    with scheduler() as address:
        with connect(address, workers=0):
            assert grade(submissions, out, "--dask", address) == 2
            assert "has no workers" in capsys.readouterr().err
        with worker(address, tmp_path / "weak", hide), connect(address, workers=1):
            assert grade(submissions, out, "--dask", address) == 2
            words = capsys.readouterr().err
            assert "does not isolate submissions from the cluster" in words
            assert "bubblewrap is not installed" in words and "--trust-submissions" in words
            assert grade(submissions, out, "--dask", address, "--trust-submissions") == 0
            record = Record.from_json(records_in(out)["ada"])
            assert record.tier == "limits only" and record.exercises[0].verdict.passed
        absent = "import sys; sys.modules['course_lib'] = None"
        with worker(address, tmp_path / "other", absent), connect(address, workers=1):
            assert grade(submissions, tmp_path / "more", "--dask", address) == 2
            assert "does not have this course" in capsys.readouterr().err
    assert not list(tmp_path.glob("more/records/*"))


def test_an_address_where_nobody_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    submissions = hand_in(tmp_path / "submissions", ada=RIGHT)
    for address in ("tcp://127.0.0.1:9", "nonsense://here"):
        assert grade(submissions, tmp_path / "marks", "--dask", address) == 2
        assert f"no dask scheduler at {address}" in capsys.readouterr().err


def test_without_the_library(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert grade(hand_in(tmp_path / "submissions", ada=RIGHT), tmp_path / "marks", "--dask", "tcp://x:1") == 2
    assert "attention-course[cluster]" in capsys.readouterr().err


def test_the_version_changes_with_every_file_of_grading(tmp_path):
    copy = shutil.copytree(
        cluster.GRADING, tmp_path / "grading", ignore=shutil.ignore_patterns("__pycache__")
    )
    assert cluster.course_version(copy) == cluster.course_version()
    names = ("worker/probe.py", "judging/judge.py", "classroom/cluster.py", "classroom/disallowed_calls.toml")
    checks = ("checks/03_attention/masked_softmax.py", "checks/03_attention/hints_and_mistakes.toml")
    files = [path for path in copy.rglob("*") if path.suffix in (".py", ".toml")]
    assert {copy / name for name in (*names, *checks)} <= set(files)
    seen = {cluster.course_version()}
    for path in files:
        text = path.read_bytes()
        path.write_bytes(text + b"\n# changed\n")
        cluster.course_version.cache_clear()
        seen.add(cluster.course_version(copy))
        path.write_bytes(text)
    assert len(seen) == len(files) + 1


GOOD = {"course": cluster.course_version(), "backend": "numpy", "isolation": "bubblewrap", "reasons": []}


@pytest.mark.parametrize(
    "changes, is_trusted, words",
    [
        ({}, False, ""),
        ({"course": "0.0.1 (00000000)"}, True, "has course 0.0.1 (00000000). Expected"),
        ({"backend": "jax"}, True, "has backend jax. Expected: numpy"),
        ({"isolation": "separate user", "reasons": ["no bwrap"]}, False, "does not isolate"),
        ({"isolation": "limits only", "reasons": ["no bwrap"]}, False, "(no bwrap)"),
        ({"isolation": "limits only"}, True, ""),
    ],
)
def test_who_may_mark(changes, is_trusted, words):
    problem = cluster.unfitness(GOOD | changes, is_trusted)
    assert words in problem and bool(words) == bool(problem)


def test_a_worker_that_joins_later_and_is_unfit_gives_a_fault(tmp_path, monkeypatch):
    (submission,) = find_submissions(hand_in(tmp_path / "submissions", ada=RIGHT))
    monkeypatch.setattr(cluster, "describe", lambda: GOOD | {"course": "0.0.1 (00000000)"})
    record = Record.from_json(cluster.mark(b"", submission, 1, [SHEET], Limits(), False))
    assert record.status == "fault" and record.points is None
    assert "has course 0.0.1" in record.problem
