"""Sends results nested up to depths that no recursion reaches."""

import contextlib
import os
import struct


def attack(honest, *args, **kwargs):
    for depth in (100, 300, 320, 480, 900, 10**5):
        inner = '{"list": [' * depth + '{"plain": 0}' + "]}" * depth
        head = b'{"dict": [[{"plain": "result"}, ' + inner.encode() + b"]]}"
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
