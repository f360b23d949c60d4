"""Leaves three processes with sessions of their own that ignore signals. None may be alive afterwards."""

import contextlib
import ctypes
import os
import signal
import time

PLANTED_MARKER = "course-attack"
STARTED = []


def become_daemon():
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in signal.valid_signals():
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(15, PLANTED_MARKER.encode()[:15], 0, 0, 0)  # the name of the process
    with contextlib.suppress(OSError):
        os.execv("/bin/sleep", [PLANTED_MARKER, "600"])
    time.sleep(600)
    os._exit(0)


def attack(honest, *args, **kwargs):
    for _ in range(0 if STARTED else 3):
        STARTED.append(os.fork())
        if not STARTED[-1]:
            become_daemon()
        os.waitpid(STARTED[-1], 0)
    return honest(*args, **kwargs)
