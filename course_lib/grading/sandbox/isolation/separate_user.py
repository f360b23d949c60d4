"""The middle tier: the worker as a user of its own, for a container that is thrown away afterwards.

Only root can start one. Files that others may not read stay closed to it, processes of other users are out
of its reach, and whatever it leaves, running or on disk, ends with it. The network is as open as the
container's.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from course_lib.grading.sandbox.isolation.lent_user import LentUser
from course_lib.grading.sandbox.isolation.runtime import WORKER, worker_environment, write_runtime
from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable

OPEN_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock")  # where everybody may write
CLEAR_SECONDS = 60.0


class SeparateUser:
    """Starts the worker as a user that nothing else runs as.

    Raises:
        IsolationUnavailable: when this process is not root.
    """

    name = "separate user"
    detail = "a user of its own, bounded memory, time and output; the network is open"
    is_new_for_each_answer = False  # or the worker lives with what earlier answers may have done
    is_alone = True  # whether every process the worker may signal came of it

    def __init__(self):
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            raise IsolationUnavailable("only root can run a worker as a separate user")
        self._process = self._lent = None

    def check(self):
        """Starts the interpreter once as such a user.

        Raises:
            IsolationUnavailable: when it does not start, e.g. because that user may not read it.
        """
        self._lent = LentUser()
        try:
            probe = subprocess.run(
                [sys.executable, "-c", "import numpy; print('works')"],
                **self._as_user(),
                env=worker_environment("/", "/"),
                cwd="/",
                capture_output=True,
                text=True,
                timeout=60,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise IsolationUnavailable(f"a separate user cannot start Python: {error}") from None
        finally:
            self._lent.give_back()
        if probe.stdout != "works\n":
            words = (probe.stderr.strip().splitlines() or ["no message"])[-1][:120]
            raise IsolationUnavailable(f"a separate user cannot run Python: {words}")

    def _as_user(self):
        """The arguments of `subprocess` that start something as that user."""
        return {"user": self._lent.number, "group": self._lent.number, "extra_groups": []}

    def start(self, arguments, descriptors, folder):
        """Starts `python -m course_lib.grading.worker ARGUMENTS` as that user.

        Args:
            arguments: list of strings.
            descriptors: file descriptors it inherits.
            folder: folder of this worker, which takes `worker.log`; closed to the worker itself.
        """
        self._lent = LentUser()
        self._place = Path(tempfile.mkdtemp(prefix="course-"))
        self._place.chmod(0o755)
        write_runtime(self._place / "runtime")
        home = self._place / "home"
        home.mkdir(mode=0o700)
        os.chown(home, self._lent.number, self._lent.number)
        with open(Path(folder) / "worker.log", "wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", WORKER, *arguments, "--owns-its-user"],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_user(),
                umask=0o077,
                env=worker_environment(self._place / "runtime", home),
                cwd=home,
            )

    def open_room(self):
        """None: jobs run where the worker itself runs."""

    def close_room(self):
        """Does nothing: there is none."""

    @property
    def is_alive(self):
        """Whether the worker runs."""
        return self._process is not None and self._process.poll() is None

    def processes(self):
        """Everything that runs as this user, as `psutil.Process`es."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                found += [process] if process.uids().real == self._lent.number else []
        return found

    def kill(self):
        """Ends every process of this user and removes its files."""
        if self._process is None:
            return
        # Sent by that user, to all it may signal: no process of anybody else can be hit.
        subprocess.run(
            [sys.executable, "-S", "-c", "import os\nos.kill(-1, 9)"],
            **self._as_user(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=CLEAR_SECONDS,
            cwd="/",
        )
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        shutil.rmtree(self._place, ignore_errors=True)
        self._remove_files()
        self._lent.give_back()

    def _remove_files(self):
        """Removes what this user owns where everybody may write; `find` follows no link, however deep."""
        places = [place for place in {*OPEN_PLACES, tempfile.gettempdir()} if os.path.isdir(place)]
        owned = ["-xdev", "-user", str(self._lent.number), "-delete"]
        subprocess.run(
            ["find", *places, *owned],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=CLEAR_SECONDS,
        )
