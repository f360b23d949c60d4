"""What an answer reaches of the kernel, and what of it is there for the next answer."""

import ctypes
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.isolation import Bubblewrap, IsolationUnavailable, SeparateUser
from course_lib.grading.sandbox.isolation.lent_user import FIRST_USER, NUM_USERS, LentUser

LIMITS = Limits(seconds=60.0, memory_bytes=2**29, output_bytes=2**19)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root has other users to run as")


def why_not(tier):
    try:
        tier().check()
    except IsolationUnavailable as error:
        return str(error)


WHY_NOT = {tier: why_not(tier) for tier in (Bubblewrap, SeparateUser)}
TIERS = [
    pytest.param(tier, marks=pytest.mark.skipif(words is not None, reason=str(words)), id=tier.name)
    for tier, words in WHY_NOT.items()
]


def run(sandbox, text, name="look"):
    ran = sandbox.run(textwrap.dedent(text), "sheet.py", name, [{}])
    (result,) = ran.results
    assert not hasattr(result, "kind"), (result, ran.printed)
    return result


@pytest.fixture(scope="module", params=TIERS[:1])
def boxed(request):
    yield from open_sandbox(request.param)


@pytest.fixture(scope="module", params=TIERS)
def sandbox(request):
    yield from open_sandbox(request.param)


def open_sandbox(tier):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        with Sandbox(LIMITS, tier) as sandbox:
            yield sandbox


def test_nothing_of_the_kernel_can_be_opened_for_writing(boxed):
    text = """
        import os

        def look():
            opened = []
            for top in ("/proc", "/sys"):
                for place, _, names in os.walk(top):
                    for path in (os.path.join(place, name) for name in names):
                        for way in (os.O_WRONLY, os.O_RDWR):
                            try:
                                if not os.path.islink(path):
                                    os.close(os.open(path, way | os.O_NONBLOCK))
                                    opened.append(path)
                            except OSError:
                                pass
            return {"opened": sorted(set(opened)), "looked at": len(os.listdir("/proc/sys/kernel"))}
    """
    seen = run(boxed, text)
    assert seen["looked at"] > 10
    assert seen["opened"] == []


def test_the_devices_are_those_that_do_no_harm(boxed):
    text = """
        import os, stat

        def look():
            return sorted(
                os.path.join(place, name)
                for place, _, names in os.walk("/dev")
                for name in names
                if stat.S_ISBLK(mode := os.lstat(os.path.join(place, name)).st_mode) or stat.S_ISCHR(mode)
            )
    """
    harmless = {f"/dev/{name}" for name in ("full", "null", "pts/ptmx", "random", "tty", "urandom", "zero")}
    assert set(run(boxed, text)) <= harmless


@needs_root
def test_where_root_grades_an_answer_is_nobody_on_the_machine_too(sandbox):
    text = """
        import os

        def look():
            maps = [line.split() for line in open("/proc/self/uid_map")]
            own = [int(there) + os.getuid() - int(here) for here, there, count in maps
                   if int(here) <= os.getuid() < int(here) + int(count)]
            status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
            return {"user": own[0], "groups": status["Groups"].split(), "alike": len(set(os.getresuid()))}
    """
    seen = run(sandbox, text)
    assert FIRST_USER <= seen["user"] < FIRST_USER + NUM_USERS
    assert seen["groups"] == [] and seen["alike"] == 1


CALLS = """
    import ctypes, os

    LIBRARY = ctypes.CDLL(None, use_errno=True)

    def call(name, *arguments):
        numbers = dict(
            add_key=(248, 217), request_key=(249, 218), keyctl=(250, 219), shmget=(29, 194), shmat=(30, 196),
            semget=(64, 190), msgget=(68, 186), mq_open=(240, 180), memfd_create=(319, 279),
            memfd_secret=(447, 447), io_uring_setup=(425, 425),
        )
        number = numbers[name][os.uname().machine != "x86_64"]
        result = LIBRARY.syscall(number, *arguments)
        return result if result >= 0 else os.strerror(ctypes.get_errno())
"""


def test_what_would_outlive_a_process_is_refused(sandbox):
    text = """
        def look():
            parameters = ctypes.create_string_buffer(120)
            return [
                call("add_key", b"user", b"note", b"1", 1, -3), call("keyctl", 0, -3, 0),
                call("request_key", b"user", b"note", None, -4),
                call("shmget", 7, 4096, 0o1600), call("semget", 7, 1, 0o1600),
                call("msgget", 7, 0o1600), call("mq_open", b"note", 0o102, 0o600, None),
                call("memfd_create", b"note", 0), call("io_uring_setup", 1, parameters),
            ]
    """
    assert run(sandbox, textwrap.dedent(CALLS) + textwrap.dedent(text)) == ["Operation not permitted"] * 9


@pytest.mark.parametrize("number", [1, 9])
def test_memory_that_is_shared_and_of_no_file_is_refused(sandbox, number):
    text = f"""
        import mmap

        def look():
            try:
                mmap.mmap(-1, {number} * mmap.PAGESIZE)
            except OSError as error:
                words = error.strerror
            mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            return words
    """
    assert run(sandbox, text) == "Operation not permitted"


KEYS = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall({keyctl}, 1, None) > 0, "a session keyring"
assert libc.syscall({add_key}, b"user", b"of-the-grader", b"secret", 6, -3) > 0
from course_lib.grading.sandbox import Sandbox
from course_lib.grading.sandbox.isolation import Bubblewrap, SeparateUser
with Sandbox(isolation={tier}) as sandbox:
    ran = sandbox.run(sys.stdin.read(), "sheet.py", "look", [{{}}])
print(ran.results)
"""


@pytest.mark.skipif(not hasattr(os, "uname") or os.uname().machine != "x86_64", reason="numbers of x86")
@pytest.mark.parametrize("tier", TIERS)
def test_keys_of_whoever_grades_are_in_no_keyring_of_an_answer(tier, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    if ctypes.CDLL(None).syscall(250, 0, -3, 1) < 0:
        pytest.skip("the kernel has no keyrings")
    text = """
def look():
    try:
        return "of-the-grader" in open("/proc/keys").read()
    except PermissionError:
        return False
"""
    code = KEYS.format(keyctl=250, add_key=248, tier=tier.__name__)
    ran = subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True, timeout=120)
    assert ran.stdout.split() == [b"[array(False)]"], ran.stderr[-500:]


PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock", "~"]
LEAVE = f"""
import fcntl, os, socket

PLACES = {PLACES!r}
NAMES = [os.path.join(os.path.expanduser(place), "note-of-an-answer") for place in PLACES]
KEPT = []

def look():
    left = []
    for name in NAMES:
        try:
            os.makedirs(os.path.join(name, "deep"))
            os.chmod(name, 0)
            left.append(name)
        except OSError:
            pass
    door = socket.socket(socket.AF_UNIX)
    door.bind("\\0note-of-an-answer")
    fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    KEPT.append(door)
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
    return len(left)
"""
FIND = (
    LEAVE.partition("def look")[0]
    + """
def look():
    found = [name for name in NAMES if os.path.lexists(name)]
    try:
        socket.socket(socket.AF_UNIX).bind("\\0note-of-an-answer")
    except OSError:
        found.append("a socket")
    try:
        fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        found.append("a lock")
    with open("/proc/sysvipc/shm") as table:
        found += table.read().splitlines()[1:]
    return found
"""
)


def test_nothing_an_answer_left_is_there_for_the_next_student(sandbox):
    assert run(sandbox, LEAVE) >= 2
    sandbox.renew()
    assert run(sandbox, FIND) == []


@pytest.mark.skipif(WHY_NOT[SeparateUser] is not None, reason=str(WHY_NOT[SeparateUser]))
def test_a_separate_user_leaves_no_file_on_the_machine(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "numpy")
    with Sandbox(LIMITS, SeparateUser) as sandbox:
        assert run(sandbox, LEAVE) >= 2
    left = [place for place in PLACES if os.path.lexists(os.path.join(place, "note-of-an-answer"))]
    assert left == []


@needs_root
def test_no_two_runs_have_the_same_user():
    code = "from course_lib.grading.sandbox.isolation.lent_user import LentUser\nuser = LentUser()\n"
    code += "print(user.number, flush=True)\ninput()\n"
    ours, command = LentUser(), [sys.executable, "-c", code]
    theirs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        numbers = [ours.number, *(int(process.stdout.readline()) for process in theirs)]
    finally:
        for process in theirs:
            process.kill()
            process.communicate()
        ours.give_back()
    assert len(set(numbers)) == 3
    again = LentUser()
    again.give_back()
    assert again.number in numbers, "what ended has given back"


@needs_root
def test_a_user_that_something_still_runs_as_is_not_lent():
    user = LentUser()
    with subprocess.Popen(["sleep", "60"], user=user.number) as process:
        user.give_back()
        other = LentUser()
        other.give_back()
        process.kill()
    assert other.number != user.number


@needs_root
@pytest.mark.skipif(WHY_NOT[SeparateUser] is None, reason="they have run by themselves")
@pytest.mark.skipif(WHY_NOT[Bubblewrap] is not None, reason=str(WHY_NOT[Bubblewrap]))
def test_the_same_where_everybody_may_enter_the_folder_of_the_interpreter():
    """A view of the machine in which the folders above the interpreter are open, as in many containers."""
    command, closed = ["bwrap", "--dev-bind", "/", "/"], set()
    for place in {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[3]}:
        gate = closed_folder(place)
        if gate is None:
            continue
        if gate not in closed:
            closed.add(gate)
            command += ["--perms", "0755", "--tmpfs", str(gate)]
        for parent in reversed([parent for parent in place.parents if parent.is_relative_to(gate)][:-1]):
            command += ["--perms", "0755", "--dir", str(parent)]
        command += ["--ro-bind", str(place), str(place)]
    command += [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "separate"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert int(ran.stdout.splitlines()[-1].split(" passed")[0]) >= 6, ran.stdout[-300:]


def closed_folder(place):
    """The outermost folder above a place that not everybody may enter, or None."""
    return next((parent for parent in reversed(place.parents) if not parent.stat().st_mode & 0o001), None)
