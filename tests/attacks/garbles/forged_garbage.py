"""Sends bytes that mean nothing over every descriptor before its honest answer."""

import contextlib
import os
import random


def attack(honest, *args, **kwargs):
    noise = random.Random(1).randbytes(2**16)
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, noise)
    return honest(*args, **kwargs)
