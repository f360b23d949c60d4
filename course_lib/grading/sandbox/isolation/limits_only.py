"""The weakest tier: a child process of the same user, held by its own limits."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from course_lib.grading.sandbox.isolation.runtime import WORKER


class LimitsOnly:
    """Starts the worker as an ordinary child process.

    This protects a learner's machine from the learner's own slips; it does not hold back code that means
    harm.
    """

    name = "limits only"
    detail = "time, memory and output are bounded; files, processes and the network are open"
    is_new_for_each_answer = False  # or the worker lives with what earlier answers may have done
    is_alone = False  # whether every process the worker may signal came of it

    @staticmethod
    def environment():
        """The environment of the worker: the learner's own, with the course in reach."""
        library = str(Path(__file__).parents[4])
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [library, os.environ.get("PYTHONPATH")])),
            "CUDA_VISIBLE_DEVICES": "-1",  # tiny cases: the processor is quicker, and the same everywhere
            "JAX_PLATFORMS": "cpu",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }

    def start(self, arguments, descriptors, folder):
        """Starts `python -m course_lib.grading.worker ARGUMENTS`.

        Args:
            arguments: list of strings.
            descriptors: file descriptors it inherits.
            folder: folder of this worker, which takes `worker.log`.
        """
        with open(Path(folder) / "worker.log", "wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", WORKER, *arguments],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=self.environment(),
                cwd=folder,
            )

    def open_room(self):
        """None: jobs run where the worker itself runs."""

    def close_room(self):
        """Does nothing: there is none."""

    @property
    def is_alive(self):
        """Whether the worker runs."""
        return self._process.poll() is None

    def processes(self):
        """The worker and all that came of it, as `psutil.Process`es."""
        with contextlib.suppress(psutil.Error):
            zygote = psutil.Process(self._process.pid)
            return [zygote, *zygote.children(recursive=True)]
        return []

    def kill(self):
        """Ends the worker and what it started, as far as it can be found."""
        for process in self.processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
