"""Writes 100 MB to standard output and standard error below Python's own files."""

import os


def attack(honest, *args, **kwargs):
    for _ in range(50):
        os.write(1, b"x" * 2**20)
        os.write(2, b"\xff" * 2**20)
    return honest(*args, **kwargs)
