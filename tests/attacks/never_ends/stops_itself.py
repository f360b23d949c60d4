"""Stops its own process as Ctrl-Z does. Nobody may wait for it to go on."""

import os
import signal


def attack(honest, *args, **kwargs):
    os.kill(os.getpid(), signal.SIGSTOP)
