"""Kills every process that it can signal. None outside may be within its reach.

Where it is not contained, it kills the process planted for it and no other.
"""

import contextlib
import os
import signal

PLANTED_PROCESS = 0


def attack(honest, *args, **kwargs):
    if not PLANTED_PROCESS:
        raise RuntimeError("No process was planted, so nothing is killed.")
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(PLANTED_PROCESS, signal.SIGKILL)
        raise RuntimeError("This is not contained: it has killed the planted process.")
    me, family = os.getpid(), os.getppid()
    for pid in range(2, 2**16):
        if pid not in (me, family):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.killpg(0, signal.SIGKILL)
    return honest(*args, **kwargs)
