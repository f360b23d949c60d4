"""Registers hooks that never return for the end of the program, and is right."""

import atexit
import sys
import threading
import time


def linger(*args):
    time.sleep(3600)


def attack(honest, *args, **kwargs):
    atexit.register(linger)
    threading._shutdown = linger
    sys.excepthook = linger
    return honest(*args, **kwargs)
