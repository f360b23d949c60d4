"""Runs the commands of a grader, a few at a time."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "JUPYTER_PLATFORM_DIRS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class GraderFailed(RuntimeError):
    """Raised when the command of a grader ends with an error; the message holds its last words."""


def environment_of(command):
    """The variables for a command: programs beside its own come first, as in an activated environment."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    return os.environ | ENVIRONMENT | {"PATH": path}


def run(command, folder):
    """Runs one command in a folder, its own environment first on the path, and returns what it printed.

    Raises:
        GraderFailed: When its exit status is not 0.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment_of(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        words = done.stdout[-2000:]
        raise GraderFailed(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{words}")
    return done.stdout


def timed(commands, folder, processes):
    """Runs commands, at most `processes` at once; gives the seconds from the first start to the last end."""
    started = time.perf_counter()
    with ThreadPoolExecutor(processes) as pool:
        list(pool.map(lambda command: run(command, folder), commands))
    return time.perf_counter() - started
