"""Forks and lets its child give the answers, while the process the grader knows has ended well."""

import os

STARTED = []


def attack(honest, *args, **kwargs):
    if not STARTED:
        STARTED.append(True)
        if os.fork():
            os._exit(0)
    return honest(*args, **kwargs)
