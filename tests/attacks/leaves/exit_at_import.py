"""Leaves the program in the value of a global name, with the exit status of success."""

import sys

VALUE = sys.exit(0)


def attack(honest, *args, **kwargs):
    return honest(*args, **kwargs)
