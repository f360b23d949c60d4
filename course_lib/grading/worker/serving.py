"""The two ways to serve jobs: a fork for each (Linux, macOS), or one after the other in this process.

Jobs and what answers them are frames (`frames.py`); `jobs.py` says what is in them.
"""

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import sys
import time
import warnings

from course_lib.grading.worker.frames import read_frame, write_frame
from course_lib.grading.worker.jobs import run_job
from course_lib.grading.worker.kernel.namespaces import enter
from course_lib.grading.worker.kernel.resource_limits import set_limits
from course_lib.grading.worker.kernel.system_calls import bar_system_calls, leave_keyring

CHANNEL_LOST = 70  # exit status of a job whose result pipe was closed
BROKEN = 71  # exit status of a job that ended in an exception outside the answer
PR_SET_DUMPABLE = 4
POLL_SECONDS = 0.004
CLEAR_SECONDS = 5.0  # for what a job left running to be gone


def serve_forks(control, owns_its_user):
    """Forks a child per job until the other end of the control socket closes.

    Args:
        control: the socket.
        owns_its_user: whether every process this one may signal came of its jobs.
    """
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
    gc.freeze()
    write_frame(control.send, {"ready": True})
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 4)
        if not message:
            return
        if message == b"k":  # meant for a job that has just ended
            continue
        pid = os.fork()
        if pid == 0:
            _run_forked(control, owns_its_user, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        status = _wait(pid, control)
        if len(descriptors) < 4:  # a sandbox of its own is ended from outside
            _clear_up(pid, owns_its_user)
        write_frame(control.send, {"status": status})


def _wait(pid, control):
    """Waits for a job, and ends it when told to or when nobody is left to tell."""
    while True:
        ended, status = os.waitpid(-1, os.WNOHANG)
        if ended == pid:
            return os.waitstatus_to_exitcode(status)
        if not ended and select.select([control], [], [], POLL_SECONDS)[0]:
            is_told = control.recv(1)
            for end in (os.killpg, os.kill):  # the group, and the job itself should it have left its group
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    end(pid, signal.SIGKILL)
            if not is_told:
                os._exit(0)


def _clear_up(pid, owns_its_user):
    """Ends what a job left running."""
    give_up = time.monotonic() + CLEAR_SECONDS
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < give_up:
            if owns_its_user:
                os.kill(-1, signal.SIGKILL)
            else:
                os.killpg(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if owns_its_user and not _has_company():
                break
            time.sleep(POLL_SECONDS / 4)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _has_company():
    """Whether another process of this user runs: on Linux a signal to all succeeds though it reach none."""
    if not os.path.isdir("/proc"):  # then the signal itself tells
        return True
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{entry}/status", encoding="utf-8") as status:
            fields = dict(line.split(":", 1) for line in status if ":" in line)
            is_ours = int(fields["Uid"].split()[0]) == os.getuid() and int(entry) != os.getpid()
            if is_ours and fields["State"].split()[0] != "Z":
                return True
    return False


def offer_memory():
    """Where memory runs out, this process is to be ended first."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


def shield():
    """Keeps the memory of a zygote that is inside from its own forks."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)


def _run_forked(control, owns_its_user, requests, results, output, room=None):
    status = BROKEN
    try:
        os.setsid()
        control.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if room is not None:
            offer_memory()
            enter(room)
            os.chdir(os.environ["HOME"])
        elif owns_its_user and sys.platform == "linux":
            leave_keyring()
            bar_system_calls()
        with socket.socket(fileno=requests) as source:
            job = read_frame(source.recv)
        set_limits(job["limits"])
        run_job(job, lambda tree: write_frame(lambda data: os.write(results, data), tree))
        status = 0
    except OSError:
        status = CHANNEL_LOST
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def serve_here():
    """Runs jobs from standard input in this process; what they print goes to standard error."""
    requests, results = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)

    def send(tree):
        sys.stdout.flush()
        write_frame(lambda data: os.write(results, data), tree)

    send({"ready": True})
    is_bounded = os.name == "nt"
    while (job := read_frame(lambda count: os.read(requests, count))) is not None:
        if not is_bounded:
            set_limits(job["limits"], is_alone=False)
            is_bounded = True
        run_job(job, send)
        send({"status": 0})
