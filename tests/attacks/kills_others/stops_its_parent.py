"""Freezes the process that started it, which then neither works nor ends. Nobody may wait for it."""

import os
import signal
import time


def attack(honest, *args, **kwargs):
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(0.1)
    return honest(*args, **kwargs)
