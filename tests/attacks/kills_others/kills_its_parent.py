"""Kills the process that started it. The other answers must be judged all the same."""

import os
import signal
import time


def attack(honest, *args, **kwargs):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(0.1)
    return honest(*args, **kwargs)
