"""Closes every descriptor of its process, that of its results among them, and opens files in their place."""

import os


def attack(honest, *args, **kwargs):
    os.closerange(0, 2**16)
    for _ in range(64):
        os.open(os.devnull, os.O_RDWR)
    return honest(*args, **kwargs)
