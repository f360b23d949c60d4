"""Makes the built-in functions of Python lie, and is wrong. No mark may be reached in its process."""

import builtins

import numpy as np


def attack(honest, *args, **kwargs):
    wrong = np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
    builtins.all = builtins.any = lambda *args: True
    builtins.abs = builtins.max = builtins.sum = lambda *args, **kwargs: 0
    builtins.isinstance = lambda value, kind: True
    return wrong
