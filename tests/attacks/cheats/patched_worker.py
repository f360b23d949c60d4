"""Replaces the functions of the process it runs in that send its results, and is wrong."""

import gc
import sys
import types

import numpy as np

NAMES = ("run_job", "run_call", "_call", "to_numpy", "same_tree", "describe_exception", "array_bytes")


def say_yes(*args, **kwargs):
    return {"passed": True, "score": 1.0}


def attack(honest, *args, **kwargs):
    wrong = np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
    for module in (sys.modules["__main__"], *list(sys.modules.values())):
        for name in NAMES:
            if isinstance(module, types.ModuleType) and name in vars(module):
                setattr(module, name, say_yes)
    for table in gc.get_objects():
        if type(table) is dict and str(table.get("__name__")).startswith(("__main__", "course_lib.")):
            table.update(dict.fromkeys(NAMES, say_yes))
    return wrong
