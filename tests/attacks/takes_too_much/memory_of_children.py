"""Starts eight processes that fill 1 GB each, within the limit of each and beyond what an answer may use."""

import os
import time


def attack(honest, *args, **kwargs):
    for _ in range(8):
        if os.fork() == 0:
            kept = bytearray(b"x") * 2**30
            time.sleep(20)
            os._exit(len(kept) % 2)
    time.sleep(20)
    return honest(*args, **kwargs)
