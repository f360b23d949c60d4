"""What the tiers of isolation promise, tried out from inside."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
import venv
from pathlib import Path

import numpy as np
import pytest

import course_lib
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.isolation import Bubblewrap, IsolationUnavailable, strongest
from course_lib.grading.sandbox.isolation.runtime import package_folders
from course_lib.grading.worker.serving import CLEAR_SECONDS

LIMITS = Limits(seconds=60.0, memory_bytes=2**29, output_bytes=2**19)
LIBRARY = Path(course_lib.__file__).parent


def why_not(tier):
    try:
        tier().check()
    except IsolationUnavailable as error:
        return str(error)


NO_BUBBLEWRAP = why_not(Bubblewrap)
pytestmark = pytest.mark.skipif(NO_BUBBLEWRAP is not None, reason=str(NO_BUBBLEWRAP))

# Where the course is on this machine: what knows an answer, and this test.
PLACES = [str(LIBRARY), str(LIBRARY.parent / "solutions"), str(Path(__file__).parents[2])]
LOOK = """
import os, random, socket, sys
import numpy as np

def readable_files(folder):
    return sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)

def attempt(what, *arguments):
    try:
        what(*arguments)
    except OSError as error:
        return error.strerror
    return "done"

def fill(path):
    written = 0
    with open(path, "wb", buffering=0) as file:
        try:
            while written < 2**30:
                written += file.write(bytes(2**20))
        except OSError:
            pass
    size = os.path.getsize(path)
    os.remove(path)
    return size

def capacity(path):
    place = os.statvfs(path)
    return place.f_blocks * place.f_frsize

def look():
    status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
    course = [path for path in sys.path if os.path.isdir(os.path.join(path, "course_lib"))]
    return {
        "user": os.getuid(),
        "capabilities": [status[name].strip() for name in ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")],
        "no_new_privileges": status["NoNewPrivs"].strip(),
        "processes": sorted(int(name) for name in os.listdir("/proc") if name.isdigit()),
        "interfaces": [name for _, name in socket.if_nameindex()],
        "outside": attempt(socket.create_connection, ("192.0.2.1", 80), 5),
        "own_course": course,
        "course_files": readable_files(course[0]),
        "of_the_course": [path for place in PLACES for path in readable_files(place)],
        "top": sorted(os.listdir("/")),
        "environment": sorted(os.environ),
        "write_root": attempt(os.mkdir, "/new"),
        "write_packages": attempt(open, np.__file__, "a"),
        "write_course": attempt(open, course[0] + "/course_lib/__init__.py", "a"),
        "write_etc": attempt(os.mkdir, "/usr/new"),
        "capacities": [capacity(path) for path in ("/tmp", "/dev/shm", os.environ["HOME"])],
        "filled": fill("/dev/shm/large"),
        "host": socket.gethostname(),
        "home": sorted(os.listdir(os.path.expanduser("~"))),
        "temporary": sorted(os.listdir("/tmp")),
    }
"""


def run(sandbox, text, name, seed=None):
    (result,) = sandbox.run(text, "sheet.py", name, [{}], seed).results
    assert not hasattr(result, "kind"), result
    return result


@pytest.fixture(scope="module")
def sandbox():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        patch.setenv("SECRET", "of the grader")
        with Sandbox(LIMITS, Bubblewrap) as sandbox:
            sandbox.start()
            yield sandbox


@pytest.fixture(scope="module")
def inside(sandbox):
    return run(sandbox, f"PLACES = {PLACES!r}\n{LOOK}", "look")


def test_nobody_without_capabilities(inside):
    assert inside["user"] == 65534
    assert {int(mask, 16) for mask in inside["capabilities"]} == {0}
    assert inside["no_new_privileges"] == "1"


def test_no_process_but_its_own_and_the_one_that_waits(inside):
    assert list(inside["processes"]) == [1, 2]


def test_no_network_but_loopback(inside):
    assert set(inside["interfaces"]) <= {"lo"}
    assert inside["outside"] == "Network is unreachable"


def test_nothing_of_the_course_but_the_probe(inside):
    (runtime,) = inside["own_course"]
    package = f"{runtime}/course_lib"
    expected = [f"{package}/__init__.py", f"{package}/grading/__init__.py"]
    expected += [
        f"{package}/{path.relative_to(LIBRARY)}" for path in (LIBRARY / "grading/worker").rglob("*.py")
    ]
    assert inside["course_files"] == sorted(expected)
    assert inside["of_the_course"] == []


def test_the_file_system_is_read_only(inside):
    for place in ("write_root", "write_packages", "write_course", "write_etc"):
        assert inside[place] in ("Read-only file system", "Permission denied"), place
    assert inside["write_root"] == "Read-only file system"


def test_what_can_be_written_is_bounded(inside):
    np.testing.assert_array_equal(inside["capacities"], [2**26] * 3)
    assert inside["filled"] <= 2**26
    assert list(inside["home"]) == []
    assert set(inside["temporary"]) <= folders_of_python("/tmp") | {Path(inside["own_course"][0]).parts[2]}


def test_nothing_is_inherited(inside):
    assert "SECRET" not in inside["environment"]
    assert "PATH" in inside["environment"]
    assert inside["host"] == "course"
    assert not {"root", "work", "home", "srv", "mnt", "var", "etc"} & set(inside["top"]) - folders_of_python()


def folders_of_python(below="/"):
    """The folders just below a place that the interpreter and its packages need."""
    places = [sys.prefix, sys.base_prefix, os.path.realpath(sys.executable), *package_folders()]
    places = [Path(place) for place in places if Path(place).is_relative_to(below)]
    return {place.relative_to(below).parts[0] for place in places}


RANDOM = """
import random, sys
import keras
import numpy as np

def look():
    drawn = [random.random(), float(np.random.rand()), float(keras.random.normal(()))]
    return [str(drawn), "tensorflow" in sys.modules]
"""


def test_the_seed_reaches_every_generator(sandbox):
    first, again, other = (run(sandbox, RANDOM, "look", seed) for seed in (1, 1, 2))
    assert first == again and first[0] != other[0]
    assert not first[1], "importing TensorFlow would be on the answer's time"


MEMORY = """
import re

def places(words):
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in maps:
            first, last = (int(number, 16) for number in line.split()[0].split("-"))
            if " rw" in line:
                memory.seek(first)
                found += memory.read(last - first).count(words)
    return found

def look():
    return [places(bytes.fromhex(word)) for word in WORDS]
"""


def test_what_one_submission_said_is_in_no_memory_of_the_next(sandbox):
    """Both are forks of one worker: it must never have read the first."""
    first, second, never = (os.urandom(8).hex() for _ in range(3))

    def count(said):  # what is looked for itself stands somewhere: as often as a word nobody ever said
        words = [word.encode().hex() for word in (first, second, never)]
        return list(run(sandbox, f"{MEMORY}\nWORDS = {words!r}\nSAID = {said!r}\n", "look"))

    own, not_yet, never_said = count(first)
    assert own > not_yet == never_said
    others, own, never_said = count(second)
    assert own > others == never_said


def test_what_one_answer_leaves_is_gone_for_the_next(sandbox):
    leave = """
import os, time

def look():
    for place in ("/tmp/left", os.path.expanduser("~/left"), "/dev/shm/left"):
        open(place, "w").close()
    if os.fork() == 0:
        os.setsid()
        time.sleep(1000)
    return [os.path.exists(place) for place in ("/tmp/left", os.path.expanduser("~/left"), "/dev/shm/left")]
"""
    find = leave.replace('open(place, "w").close()', "pass").replace("os.fork()", "1")
    find = find.replace(
        "    return [", "    return [len([n for n in os.listdir('/proc') if n.isdigit()]) > 2] + ["
    )
    assert list(run(sandbox, leave, "look")) == [True] * 3
    assert list(run(sandbox, find, "look")) == [False] * 4


def test_no_namespace_can_be_made_inside(sandbox):
    text = """
import ctypes, os

def look():
    libc = ctypes.CDLL(None, use_errno=True)
    made = [libc.unshare(flag) for flag in (0x10000000, 0x00020000, 0x40000000)]
    return [*made, libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None)]
"""
    assert list(run(sandbox, text, "look")) == [-1] * 4


def test_the_worker_never_runs_an_operation_itself(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    text = """
from tensorflow.python.eager import context

def is_ready():
    return context._context is not None and context._context._initialized

READY_AT_FIRST = is_ready()

def look():
    import tensorflow
    tensorflow.constant(1.0)
    return [READY_AT_FIRST, is_ready()]
"""
    with Sandbox(LIMITS, Bubblewrap) as sandbox:
        for _ in range(2):
            np.testing.assert_array_equal(run(sandbox, text, "look"), [False, True])


HOSTILE = """
import os, sys
from keras import ops

PLACE = {place!r}

def attempt(path):
    try:
        return open(path).read()[:20]
    except OSError as error:
        return error.strerror

REPORT = {{
    "user": os.getuid(),
    "groups": os.getgroups(),
    "verdict": attempt(PLACE + "/grading/checks/03_attention/masked_softmax.py"),
    "solution": attempt("/root-only/solution.py"),
    "environment of the grader": attempt(f"/proc/{{os.getppid()}}/environ"),
    "shadow": attempt("/etc/shadow"),
    "course": [path for path in sys.path if os.path.isdir(os.path.join(path, "course_lib"))],
}}
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import time
        time.sleep(1000)
    os._exit(0)

def masked_softmax(scores, mask):
    print(REPORT)
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)

def dot_score(query, key):
    print(REPORT)
    return query
"""

IN_CONTAINER = """
import contextlib, io, json, sys
import psutil
from course_lib.cli import main

printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    status = main(sys.argv[1:])
left = [process.info for process in psutil.process_iter(["uids", "cmdline"]) if process.info["uids"].real]
print(json.dumps({"status": status, "record": printed.getvalue(), "left": [str(entry) for entry in left]}))
"""


@pytest.fixture
def container(tmp_path):
    """A command line that runs Python as root in a tree like a container's: no bubblewrap, a `/root` of mode
    755, the interpreter at its own place, and a course whose checks only root may read."""
    if os.geteuid() != 0:
        pytest.skip("only root can run a worker as a separate user")
    course = tmp_path / "course_lib"
    shutil.copytree(LIBRARY, course, ignore=shutil.ignore_patterns("__pycache__"))
    (course / "grading" / "checks").chmod(0o700)
    secret = tmp_path / "root-only"
    secret.mkdir(mode=0o700)
    (secret / "solution.py").write_text("the answer")
    submission = tmp_path / "ada.py"
    submission.write_text(HOSTILE.format(place=str(LIBRARY)))
    script = tmp_path / "in_container.py"
    script.write_text(IN_CONTAINER)
    bubblewrap = os.path.realpath(shutil.which("bwrap"))
    command = [bubblewrap, "--unshare-pid", "--die-with-parent", "--perms", "0755", "--tmpfs", "/"]
    command += ["--perms", "0755", "--dir", "/root", "--perms", "1777", "--tmpfs", "/tmp"]
    command += ["--proc", "/proc", "--dev", "/dev", "--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        place = Path("/", name)
        if place.is_symlink():
            command += ["--symlink", os.readlink(place), str(place)]
        elif place.exists():
            command += ["--ro-bind", str(place), str(place)]
    chain = [Path(sys.executable)]
    while chain[-1].is_symlink():
        chain.append(chain[-1].parent / os.readlink(chain[-1]))
    needed = {Path(sys.prefix), Path(sys.base_prefix), *package_folders(), *(link.parent for link in chain)}
    for place in sorted(needed, key=lambda place: len(place.parts)):
        if not any(place != above and place.is_relative_to(above) for above in {*needed, Path("/usr")}):
            for parent in reversed(place.parents[:-1]):
                command += ["--perms", "0755", "--dir", str(parent)]
            command += ["--ro-bind", str(place), str(place)]
    for parent in reversed(LIBRARY.parents[:-1]):
        command += ["--perms", "0755", "--dir", str(parent)]
    command += ["--ro-bind", str(course), str(LIBRARY), "--ro-bind", str(secret), "/root-only"]
    command += ["--perms", "0755", "--dir", "/work-place", "--ro-bind", str(submission), "/work-place/ada.py"]
    command += ["--ro-bind", str(script), "/work-place/run.py", "--ro-bind", "/dev/null", bubblewrap]
    return [*command, "--chdir", "/work-place", sys.executable, "/work-place/run.py"]


def test_a_separate_user_in_a_container(container, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    monkeypatch.setenv("PYTHONPATH", str(LIBRARY.parent))
    arguments = ["grade-one", "ada.py", "--sheet", "03_attention", "--seed", "7"]
    ran = subprocess.run([*container, *arguments], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr[-2000:]
    outcome = json.loads(ran.stdout.splitlines()[-1])
    assert outcome["status"] == 0, ran.stderr[-2000:]
    record = json.loads(outcome["record"])
    assert record["tier"] == "separate user" and record["status"] == "marked", record["problem"]
    marks = {mark["verdict"]["exercise"]: mark for mark in record["exercises"]}
    assert marks["masked_softmax"]["verdict"]["passed"]
    assert all(mark["seconds"] < CLEAR_SECONDS for mark in marks.values()), "clearing up ends with its work"
    seen = eval(marks["masked_softmax"]["printed"].splitlines()[0], {"__builtins__": {}})
    assert seen["user"] >= 61184 and seen["groups"] == []
    for place in ("verdict", "solution", "environment of the grader", "shadow"):
        assert seen[place] in ("Permission denied", "No such file or directory"), place
    assert seen["verdict"] == "Permission denied"
    assert outcome["left"] == [], "what a submission leaves running ends with it"


def test_the_strongest_is_taken_and_said_why(tmp_path, monkeypatch):
    assert strongest() == (Bubblewrap, [])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tier, reasons = strongest()
    assert tier.name == "limits only"
    assert reasons == ["bubblewrap is not installed", "only root can run a worker as a separate user"]


def test_a_bubblewrap_that_may_not_make_namespaces_is_passed_over(tmp_path, monkeypatch):
    stub = tmp_path / "bwrap"
    words = "bwrap: No permissions to create new namespace"
    stub.write_text(
        textwrap.dedent(f"""\
        #!/bin/sh
        echo '{words}' >&2
        exit 1
    """)
    )
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IsolationUnavailable, match="No permissions to create new namespace"):
        Bubblewrap().check()


def test_an_environment_below_the_temporary_folder_is_found(tmp_path):
    """As in a continuous-integration job: what the worker may write to must not hide its interpreter."""
    venv.create(tmp_path / "environment", symlinks=True)
    code = "from course_lib.grading.sandbox.isolation import strongest; print(strongest()[0].name)"
    packages = os.pathsep.join([str(LIBRARY.parent), *map(str, package_folders())])
    ended = subprocess.run(
        [tmp_path / "environment" / "bin" / "python", "-c", code],
        env={**os.environ, "PYTHONPATH": packages, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert ended.stdout == "bubblewrap\n", ended.stderr
