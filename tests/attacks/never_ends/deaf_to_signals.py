"""Ignores every signal it can and catches every exception. It must be ended by one that cannot be caught."""

import contextlib
import signal


def attack(honest, *args, **kwargs):
    for number in signal.valid_signals():
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    while True:
        with contextlib.suppress(BaseException):
            while True:
                pass
