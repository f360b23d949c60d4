"""Takes the modules, the output and the clock of its interpreter away, and is right."""

import os
import sys
import time


def attack(honest, *args, **kwargs):
    value = honest(*args, **kwargs)
    sys.stdout = sys.stderr = None
    time.time = time.monotonic = lambda: 0.0
    os.write = os.read = os._exit = None
    sys.modules.clear()
    return value
