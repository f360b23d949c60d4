"""Sends results of its own making for every case over every descriptor, then ends well.

They are wrong numbers, claims of success, and words that only the worker itself would say.
"""

import contextlib
import json
import os
import struct

PLANTED_PROCESS = 0
CLAIMS = (
    {"dict": [[{"plain": "result"}, {"plain": 0.1375}]]},
    {"dict": [[{"plain": "passed"}, {"plain": True}], [{"plain": "points"}, {"plain": 100}]]},
    {"dict": [[{"plain": "ready"}, {"plain": True}]]},
    {"dict": [[{"plain": "status"}, {"plain": 0}]]},
    {"dict": [[{"plain": "pid"}, {"plain": PLANTED_PROCESS or 2**22}]]},
    {"dict": [[{"plain": "notes"}, {"list": [{"plain": "full marks, says the grader"}]}]]},
)


def frame(skeleton):
    head = json.dumps(skeleton).encode()
    return struct.pack("<QI", len(head) + 4, len(head)) + head


def attack(honest, *args, **kwargs):
    for claim in CLAIMS * 10:
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, frame(claim))
    os._exit(0)
