"""Ends the process well before any answer is defined. Silence must not count as right."""

import os

VALUE = os._exit(0)


def attack(honest, *args, **kwargs):
    return honest(*args, **kwargs)
