"""Announces results of 200 MB and of 2**63 bytes, and sends neither. Nobody may wait or set room aside."""

import contextlib
import os
import struct
import time


def attack(honest, *args, **kwargs):
    for size in (200 * 2**20, 2**63):
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<Q", size))
    time.sleep(0.2)
    return honest(*args, **kwargs)
