"""Doubles its processes nine times, to 512 that sleep for half a minute. Other work must not suffer."""

import os
import time


def attack(honest, *args, **kwargs):
    for _ in range(9):
        os.fork()
    time.sleep(30)
    os._exit(0)
