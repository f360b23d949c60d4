"""The strongest tier: each answer alone in namespaces of its own, made by bubblewrap.

It sees the interpreter, its packages and the files of the probe, all read-only; empty folders of bounded
size to write to; no network; no process but its own. It runs as nobody, with no capability, and where root
grades, that is a user of the machine without any rights.

The worker that has imported the backend stays outside and never runs or reads a line of a submission; nothing
inside can reach it. Every answer gets a fork of it that enters a sandbox made for this answer alone
(`worker/kernel/namespaces.py`): what an answer leaves behind ends with its sandbox, and the seconds that an
import takes are spent once for many submissions.
"""

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from course_lib.grading.sandbox.isolation.lent_user import FIRST_USER, LentUser
from course_lib.grading.sandbox.isolation.runtime import (
    WORKER,
    worker_environment,
    write_runtime,
)
from course_lib.grading.sandbox.isolation.sandbox_command import sandbox_command
from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable
from course_lib.grading.sandbox.isolation.user_namespace import can_map, open_user_namespace
from course_lib.grading.worker.kernel.namespaces import NOBODY

OPEN_SECONDS, END_SECONDS = 60.0, 10.0
# Process 1 of a sandbox: no signal from inside ends it, and with it, when its input closes, all else ends.
WAIT = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.write(1, b"r")
os.read(0, 1)
"""
ENTER = """
import sys
from course_lib.grading.worker.kernel.namespaces import enter
enter(int(sys.argv[1]))
print("works")
"""


class Bubblewrap:
    """Starts a worker, and a sandbox for each of its jobs.

    Raises:
        IsolationUnavailable: when bubblewrap is missing or may not make namespaces here.

    Reference: https://github.com/containers/bubblewrap
    """

    name = "bubblewrap"
    detail = "no network, no files but the interpreter's, own processes, bounded memory, time and output"
    is_new_for_each_answer = True  # or the worker lives with what earlier answers may have done
    is_alone = True  # whether every process the worker may signal came of it

    def __init__(self):
        self._worker = self._sandbox = self._first = self._user = None
        self._program = shutil.which("bwrap")
        if self._program is None:
            raise IsolationUnavailable("bubblewrap is not installed")
        if not hasattr(os, "pidfd_open"):
            raise IsolationUnavailable("entering a sandbox needs Linux")

    def check(self):
        """Starts the interpreter and has it enter the very sandbox that answers get.

        Raises:
            IsolationUnavailable: when it does not get there; the message says why.
        """
        with tempfile.TemporaryDirectory(prefix="course-") as folder:
            self._prepare(folder)
            try:
                room = self.open_room()
                probe = subprocess.run(
                    [sys.executable, "-c", ENTER, str(room)],
                    pass_fds=[room],
                    env=self._environment,
                    capture_output=True,
                    text=True,
                    timeout=OPEN_SECONDS,
                )
            except RuntimeError as error:
                raise IsolationUnavailable(f"bubblewrap fails: {error}") from None
            except (OSError, subprocess.TimeoutExpired) as error:
                raise IsolationUnavailable(f"bubblewrap does not start: {type(error).__name__}") from None
            finally:
                self.kill()
        if probe.stdout != "works\n":
            raise IsolationUnavailable(f"a sandbox cannot be entered: {_last_line(probe.stderr)}")

    def _prepare(self, folder):
        """Lays out what a worker and its sandboxes share; paths are the same inside and outside."""
        self._runtime, self._home = Path(folder) / "runtime", Path(folder) / "home"
        write_runtime(self._runtime)
        self._home.mkdir()
        self._environment = worker_environment(self._runtime, self._home)
        if can_map(FIRST_USER):
            self._user = LentUser()

    def start(self, arguments, descriptors, folder):
        """Starts `python -m course_lib.grading.worker ARGUMENTS`, outside of any sandbox.

        Args:
            arguments: list of strings.
            descriptors: file descriptors it inherits.
            folder: folder of this worker, which takes `worker.log`.
        """
        self._prepare(folder)
        with open(Path(folder) / "worker.log", "wb") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", WORKER, *arguments],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # an interrupt at the terminal is for the grader to handle
                env=self._environment,
                cwd=self._home,
            )

    def open_room(self):
        """Makes a sandbox for one job.

        Returns:
            a descriptor of its first process, for `enter`; it stays open until `close_room`.

        Raises:
            RuntimeError: when bubblewrap does not make it.
        """
        self.close_room()
        users = None if self._user is None else open_user_namespace(self._user.number, NOBODY)
        ours, theirs = os.pipe()
        try:
            with open(ours, "rb") as information, open(theirs, "wb") as their_end:
                command = sandbox_command(self._program, self._runtime, self._home, users)
                self._sandbox = subprocess.Popen(
                    [command[0], "--info-fd", str(theirs), *command[1:], sys.executable, "-ISc", WAIT],
                    pass_fds=[theirs] if users is None else [theirs, users],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                    env={},
                )
                their_end.close()
                first = json.load(information)["child-pid"]
            self._first = os.pidfd_open(first)
            self._first_number = first
        except (ValueError, KeyError, OSError):
            pass
        finally:
            if users is not None:
                os.close(users)
        if self._first is None or not self._is_ready():
            words = self._sandbox.communicate(timeout=END_SECONDS)[1].decode("utf-8", "replace")
            self.close_room()
            raise RuntimeError(_last_line(words))
        return self._first

    def _is_ready(self):
        """Waits until the sandbox is complete and its first process runs."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._sandbox.stdout, selectors.EVENT_READ)
            return bool(selector.select(OPEN_SECONDS)) and self._sandbox.stdout.read(1) == b"r"

    def close_room(self):
        """Ends the sandbox: with its first process the kernel ends every process in it."""
        if self._first is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)
            os.close(self._first)
            self._first = None
        if self._sandbox is not None:
            for pipe in (self._sandbox.stdin, self._sandbox.stdout, self._sandbox.stderr):
                pipe.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._sandbox.wait(END_SECONDS)
            self._sandbox.kill()
            self._sandbox.wait()
            self._sandbox = None

    @property
    def is_alive(self):
        """Whether the worker runs."""
        return self._worker is not None and self._worker.poll() is None

    def processes(self):
        """The worker and all that runs in the sandbox, as `psutil.Process`es."""
        found = []
        with contextlib.suppress(psutil.Error):
            found = [psutil.Process(self._worker.pid)]
            for waiting in found[0].children():  # outside, for its fork inside
                found += waiting.children(recursive=True)
            if self._first is not None:
                found += psutil.Process(self._first_number).children(recursive=True)
        return found

    def kill(self):
        """Ends the worker and its sandbox."""
        self.close_room()
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            self._worker = None
        if self._user is not None:
            self._user.give_back()
            self._user = None


def _last_line(words):
    return (words.strip().splitlines() or ["no message"])[-1][:120]
