"""Sends failures of kinds that nobody knows, numbers that are none, and arrays that cannot be."""

import contextlib
import os
import struct

RESULTS = (
    '{"failure": {"kind": "no_such_kind", "message": "", "line": 0, "source": ""}}',
    '{"failure": {"kind": "passed", "message": "", "line": Infinity, "source": ""}}',
    '{"failure": {"kind": null, "message": null, "line": 1e999, "source": []}}',
    '{"array": "<f4", "shape": [Infinity]}',
    '{"array": "<f4", "shape": [0, 99999999999999999999]}',
    '{"array": "<f4", "shape": [1e999]}',
    '{"array": "(9,9)<f4", "shape": [1]}',
    '{"plain": [[[[]]]]}',
    '{"plain": NaN}',
    '{"set": [{"list": []}]}',
    '{"no such thing": 1}',
    "{}",
    "[]",
    "null",
)


def attack(honest, *args, **kwargs):
    for result in RESULTS:
        head = b'{"dict": [[{"plain": "result"}, ' + result.encode() + b"]]}"
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
