"""Ends well after the first case, and says nothing of the others. They must not count as right."""

import os

CALLS = []


def attack(honest, *args, **kwargs):
    CALLS.append(True)
    if len(CALLS) > 1:
        os._exit(0)
    return honest(*args, **kwargs)
