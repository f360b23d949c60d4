"""The process in which learners' code runs: requests in, results out, no reference and no verdict.

Started as `python -m course_lib.grading.worker`. It imports Keras once and then serves jobs:

- `--fork SOCKET` (Linux, macOS): a zygote that runs no operation of the backend and reads no job. The byte
  `j` comes with three descriptors, for the job, its results and what the answer prints, and starts a fork
  with its own limits; a fourth names a sandbox that the fork enters before it reads the job. The byte `k`
  ends the job that runs. What a job leaves running ends with it: its sandbox or, where the zygote itself is
  inside, all processes of the job's group or of the zygote's user.
- without it (Windows): jobs run one after the other in this process; results go to its standard output.

A job is a frame `{"filename", "text", "name", "cases", "limits", "seed", "watched"}`. It is answered by
frames `{"began": True}`, `{"notes": [...]}` and, per case in order, `{"result": tree or Failure}`; and, where
watched names are used, by frames `{"uses": [...]}`, the first of them before anything of the answer runs. The
seed, when it is not None, is given to the generators of Python, NumPy and Keras first.
"""

import argparse
import contextlib
import ctypes
import gc
import os
import random
import select
import signal
import socket
import sys
import time
import warnings

import numpy as np

from course_lib.grading.answers import load_answer, read_statements
from course_lib.grading.entering import enter
from course_lib.grading.frames import read_frame, write_frame
from course_lib.grading.probe import run_call
from course_lib.grading.source_uses import find_uses
from course_lib.grading.stand_ins import StandIns
from course_lib.grading.values import Failure, array_bytes

CHANNEL_LOST = 70  # exit status of a job whose result pipe was closed
BROKEN = 71  # exit status of a job that ended in an exception outside the answer
RESULT_LIMIT = 64 * 2**20  # bytes
RESERVED_BYTES = 2 * 2**30  # addresses that threads and allocators reserve beside what they use
PROCESS_LIMIT = 256  # processes and threads of the user
FILE_LIMIT = 256  # open files
PR_SET_DUMPABLE = 4
POLL_SECONDS = 0.004
CLEAR_SECONDS = 5.0  # for what a job left running to be gone
FINAL = ("not_attempted", "too_much_memory")  # what one case shows, the others need not repeat


def run_job(job, send):
    """Loads the answer of a job, calls it on every case, and sends what came of it."""
    send({"began": True})
    if job["seed"] is not None:
        seed_generators(job["seed"])
    with _watch(job, send) as send_uses:
        answer, notes = load_answer(job["text"], job["filename"], job["name"])
        send_uses()
        send({"notes": notes})
        result = None
        for case in job["cases"]:
            if not isinstance(result, Failure) or result.kind not in FINAL:
                result = answer if isinstance(answer, Failure) else _call(answer, case)
                send_uses()
            send({"result": result})


def seed_generators(seed):
    """Gives a seed to the generators of Python, NumPy, the backend and Keras."""
    import keras

    if keras.backend.backend() == "tensorflow":
        keras.utils.set_random_seed(seed)
        return
    # With any other backend that call would import TensorFlow, in every job, on the answer's time.
    random.seed(seed)  # which Keras draws its own seed from
    np.random.seed(seed)
    if keras.backend.backend() == "torch":
        import torch

        torch.manual_seed(seed)


@contextlib.contextmanager
def _watch(job, send):
    """Sends the watched names in the source; hands out a function that sends those used since."""
    if not job["watched"]:
        yield lambda: None
        return
    try:
        statements, _ = read_statements(job["text"], job["filename"])
    except ValueError:
        statements = []
    if uses := find_uses(statements, job["name"], job["watched"]):
        send({"uses": uses})
    with StandIns(job["watched"], statements) as stand_ins:
        yield lambda: (uses := stand_ins.take()) and send({"uses": uses})


def _call(answer, case):
    """One call, with its result small enough to send."""
    try:
        result = run_call(answer, case)
        size = array_bytes(result)
        if size > RESULT_LIMIT:
            words = f"it returned {size / 2**20:.0f} MB, far more than was asked for."
            return Failure("too_much_memory", words)
        return result
    except KeyboardInterrupt:
        return Failure("raised", "KeyboardInterrupt")


def set_limits(limits, is_alone=True):
    """Bounds memory, file sizes and, for a job alone in its process, processor time (POSIX).

    A strict limit bounds addresses, open files and the user's processes too: it is for a worker that shares
    its user or its namespace with nobody.
    """
    import resource

    def lower(which, value):
        hard = resource.getrlimit(which)[1]
        value = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (value, value))

    # Private writable memory first: the backends reserve far more addresses than they ever use.
    lower(resource.RLIMIT_DATA, _status_bytes("VmData:") + limits["memory_bytes"])
    if (mapped := _status_bytes("VmSize:")) and limits["is_strict"]:
        lower(resource.RLIMIT_AS, mapped + limits["memory_bytes"] + RESERVED_BYTES)
        lower(resource.RLIMIT_NPROC, PROCESS_LIMIT)
        lower(resource.RLIMIT_NOFILE, FILE_LIMIT)
    if is_alone:
        lower(resource.RLIMIT_CPU, limits["seconds"] * (os.cpu_count() or 1) + 1)
    lower(resource.RLIMIT_FSIZE, limits["file_bytes"])
    lower(resource.RLIMIT_CORE, 0)


def _status_bytes(entry):
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(entry):
                return int(line.split()[1]) * 1024
    return 0


def serve_forks(control, owns_its_user):
    """Forks a child per job until the other end of the control socket closes.

    Args:
        control: The socket.
        owns_its_user: Whether every process this one may signal came of its jobs.
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
            _run_forked(control, *descriptors)
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
            if not control.recv(1):
                os._exit(0)
            for end in (os.killpg, os.kill):  # the group, and the job itself should it have left its group
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    end(pid, signal.SIGKILL)


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
            time.sleep(POLL_SECONDS / 4)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def offer_memory():
    """Where memory runs out, this process is to be ended first."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


def shield():
    """Keeps the memory of a zygote that is inside from its own forks."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)


def _run_forked(control, requests, results, output, room=None):
    status = BROKEN
    try:
        os.setsid()
        control.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if room is not None:
            enter(room)
            os.chdir(os.environ["HOME"])
            offer_memory()
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


def main():
    """Imports the backend and serves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fork", type=int, metavar="SOCKET")
    parser.add_argument("--owns-its-user", action="store_true")
    arguments = parser.parse_args()
    import keras  # noqa: F401

    if arguments.fork is None:
        if os.name == "nt":
            import msvcrt

            msvcrt.setmode(0, os.O_BINARY)
            msvcrt.setmode(1, os.O_BINARY)
        serve_here()
    else:
        if arguments.owns_its_user:
            offer_memory()
            shield()
        serve_forks(socket.socket(fileno=arguments.fork), arguments.owns_its_user)


if __name__ == "__main__":
    main()
