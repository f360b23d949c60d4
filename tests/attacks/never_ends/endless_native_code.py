"""Stays in one call of C code for ever. No signal handler of Python would get a turn to end it."""

import re


def attack(honest, *args, **kwargs):
    re.match(r"(a+)+$", "a" * 64 + "b")
