"""Leaves the program with the exit status of success. That must not count as passed."""

import sys


def attack(honest, *args, **kwargs):
    sys.exit(0)
