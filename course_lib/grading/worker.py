"""The process in which learners' code runs: requests in, results out, no reference and no verdict.

Started as `python -m course_lib.grading.worker`. It imports Keras once and then serves jobs:

- `--fork SOCKET` (Linux, macOS): a zygote that runs no operation of the backend. Each job comes with two
  pipes, for results and for what the answer prints, and runs in a fork with its own limits.
- without it (Windows): jobs run one after the other in this process; results go to its standard output.

A job is a frame `{"filename", "text", "name", "cases", "limits"}`. It is answered by frames `{"notes":
[...]}` and, per case in order, `{"result": tree or Failure}`.
"""

import argparse
import contextlib
import gc
import os
import socket
import sys
import warnings

from course_lib.grading.answers import load_answer
from course_lib.grading.frames import read_frame, write_frame
from course_lib.grading.probe import run_call
from course_lib.grading.values import Failure, array_bytes

CHANNEL_LOST = 70  # exit status of a job whose result pipe was closed
BROKEN = 71  # exit status of a job that ended in an exception outside the answer
RESULT_LIMIT = 64 * 2**20  # bytes
FINAL = ("not_attempted", "too_much_memory")  # what one case shows, the others need not repeat


def run_job(job, send):
    """Loads the answer of a job, calls it on every case, and sends what came of it."""
    answer, notes = load_answer(job["text"], job["filename"], job["name"])
    send({"notes": notes})
    result = None
    for case in job["cases"]:
        if not isinstance(result, Failure) or result.kind not in FINAL:
            result = answer if isinstance(answer, Failure) else _call(answer, case)
        send({"result": result})


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
    """Bounds memory, file sizes and, for a job alone in its process, processor time (POSIX)."""
    import resource

    def lower(which, value):
        hard = resource.getrlimit(which)[1]
        value = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (value, value))

    # Private writable memory, not address space: the backends reserve far more addresses than they ever use.
    lower(resource.RLIMIT_DATA, _private_bytes() + limits["memory_bytes"])
    if is_alone:
        lower(resource.RLIMIT_CPU, limits["seconds"] * (os.cpu_count() or 1) + 1)
    lower(resource.RLIMIT_FSIZE, limits["file_bytes"])
    lower(resource.RLIMIT_CORE, 0)


def _private_bytes():
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def serve_forks(control):
    """Forks a child per job until the other end of the control socket closes."""
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")
    gc.freeze()
    write_frame(control.send, {"ready": True})
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if not message:
            return
        job = read_frame(control.recv)
        pid = os.fork()
        if pid == 0:
            _run_forked(job, control, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        write_frame(control.send, {"pid": pid})
        _, status = os.waitpid(pid, 0)
        write_frame(control.send, {"status": os.waitstatus_to_exitcode(status)})


def _run_forked(job, control, results, output):
    status = BROKEN
    try:
        os.setsid()
        control.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
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
    arguments = parser.parse_args()
    import keras  # noqa: F401

    if arguments.fork is None:
        if os.name == "nt":
            import msvcrt

            msvcrt.setmode(0, os.O_BINARY)
            msvcrt.setmode(1, os.O_BINARY)
        serve_here()
    else:
        serve_forks(socket.socket(fileno=arguments.fork))


if __name__ == "__main__":
    main()
