"""Lifts the limit of recursion and calls itself for ever, until memory or the stack gives out."""

import sys


def attack(honest, *args, **kwargs):
    sys.setrecursionlimit(2**31 - 1)
    return [attack(honest, *args, **kwargs)]
