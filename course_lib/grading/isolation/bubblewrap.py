"""The strongest tier: the worker alone in namespaces of its own, made by bubblewrap.

It sees the interpreter, its packages and the files of the probe, all read-only; an empty folder of
bounded size to write to; no network; no process but its own. It runs as nobody, with no capability, and is
process 1 of its namespace, so that nothing it starts can end it and nothing outlives it.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from course_lib.grading.isolation.runtime import WORKER, package_folders, worker_environment, write_runtime
from course_lib.grading.isolation.unavailable import IsolationUnavailable

NOBODY = "65534"
WRITABLE_BYTES = 64 * 2**20
RUNTIME = "/course"
HOME = "/tmp"
END_SECONDS = 10.0


class Bubblewrap:
    """Starts the worker in a bubblewrap sandbox.

    Raises:
        IsolationUnavailable: When bubblewrap is missing or may not make namespaces here.

    Reference: https://github.com/containers/bubblewrap
    """

    name = "bubblewrap"
    detail = "no network, no files but the interpreter's, own processes, bounded memory, time and output"
    is_alone = True  # whether every process the worker may signal came of it

    def __init__(self):
        self._process = self._init = None
        self._program = shutil.which("bwrap")
        if self._program is None:
            raise IsolationUnavailable("bubblewrap is not installed")

    def check(self):
        """Starts the interpreter once in the very sandbox that workers get.

        Raises:
            IsolationUnavailable: When it does not start; the message says why.
        """
        with tempfile.TemporaryDirectory(prefix="course-") as folder:
            write_runtime(Path(folder) / "runtime")
            command = [*self._command(Path(folder) / "runtime"), "-c", "print('works')"]
            try:
                probe = subprocess.run(command, capture_output=True, text=True, timeout=60)
            except (OSError, subprocess.TimeoutExpired) as error:
                raise IsolationUnavailable(f"bubblewrap does not start: {type(error).__name__}") from None
        if probe.stdout != "works\n":
            words = (probe.stderr.strip().splitlines() or ["no message"])[-1][:120]
            raise IsolationUnavailable(f"bubblewrap fails: {words}")

    def _command(self, runtime):
        """The command line up to the interpreter."""
        command = [self._program, "--unshare-all", "--unshare-user", "--disable-userns"]
        command += ["--uid", NOBODY, "--gid", NOBODY, "--hostname", "course", "--cap-drop", "ALL"]
        command += ["--new-session", "--die-with-parent", "--as-pid-1", "--clearenv"]
        command += _empty_folder(HOME)  # first: an environment may stand below it
        for path in _readable_paths():
            link = os.readlink(path) if path.is_symlink() else None
            command += ["--symlink", link, str(path)] if link else ["--ro-bind", str(path), str(path)]
        for folder in package_folders():
            if (folder / "course_lib").is_dir():  # a copied installation of the course knows the answers
                command += ["--tmpfs", str(folder / "course_lib"), "--remount-ro", str(folder / "course_lib")]
        command += ["--ro-bind", str(runtime), RUNTIME, "--proc", "/proc", "--dev", "/dev"]
        command += [*_empty_folder("/dev/shm"), "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME]
        for name, value in worker_environment(RUNTIME, HOME).items():
            command += ["--setenv", name, value]
        return [*command, sys.executable]

    def start(self, arguments, descriptors, folder):
        """Starts `python -m course_lib.grading.worker ARGUMENTS` in a new sandbox.

        Args:
            arguments: List of strings.
            descriptors: File descriptors it inherits.
            folder: Folder of this worker, which takes `worker.log`.
        """
        runtime = Path(folder) / "runtime"
        write_runtime(runtime)
        command = self._command(runtime)
        ours, theirs = os.pipe()
        with open(Path(folder) / "worker.log", "wb") as log, open(ours, "rb") as information:
            try:
                self._process = subprocess.Popen(
                    [*command[:1], "--info-fd", str(theirs), *command[1:], "-m", WORKER, *arguments],
                    pass_fds=[*descriptors, theirs],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # an interrupt at the terminal is for the grader to handle
                    env={},
                )
            finally:
                os.close(theirs)
            with contextlib.suppress(ValueError, KeyError, OSError):
                self._init = os.pidfd_open(pid := json.load(information)["child-pid"])
                self._init_pid = pid

    @property
    def is_alive(self):
        """Whether the worker runs."""
        return self._process is not None and self._process.poll() is None

    def processes(self):
        """The worker and all that came of it, as `psutil.Process`es."""
        if self._init is None:
            return []
        with contextlib.suppress(psutil.Error):
            zygote = psutil.Process(self._init_pid)
            return [zygote, *zygote.children(recursive=True)]
        return []

    def kill(self):
        """Ends the sandbox: with its process 1 the kernel ends every process in it."""
        if self._init is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init, signal.SIGKILL)
            os.close(self._init)
            self._init = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
            self._process.kill()
            self._process.wait()
            self._process = None


def _empty_folder(path):
    """An empty folder of bounded size to write to."""
    return ["--size", str(WRITABLE_BYTES), "--tmpfs", path]


def _readable_paths():
    """The interpreter, its packages and the system's libraries: what the worker may read."""
    paths = [Path(name) for name in ("/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64", "/lib32")]
    for prefix in map(Path, (sys.base_prefix, sys.prefix)):
        paths += [prefix] if prefix != Path("/usr") else [Path(sys.executable).resolve()]
    interpreter = Path(sys.executable)
    while interpreter.is_symlink():  # a virtual environment's python leads to the real one in steps
        paths.append(interpreter)
        interpreter = interpreter.parent / os.readlink(interpreter)
    paths += [interpreter, *package_folders()]
    chosen = []
    for path in sorted((path for path in paths if path.exists()), key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(above) for above in chosen):
            chosen.append(path)
    return chosen
