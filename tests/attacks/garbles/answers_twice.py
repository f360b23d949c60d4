"""Forks and gives every answer from two processes at once over one pipe."""

import os

STARTED = []


def attack(honest, *args, **kwargs):
    if not STARTED:
        STARTED.append(os.fork())
    return honest(*args, **kwargs)
