"""Looks for solutions, checks and the answers of others in all it can import or open, and tells the names."""

import contextlib
import importlib.util
import os
import sys

PLANTED_FOLDER = ""
MODULES = ("course_lib.grading.verdicts.masked_softmax", "course_lib.grading.judge", "mutants", "attacks")
FILES = ("03_attention.py", "03_attention.toml", "masked_softmax.py", "gru_step.py", "secret.txt")
SKIPPED = ("tensorflow", "jax", "numpy", "keras", "proc", "sys")


def attack(honest, *args, **kwargs):
    found = []
    for name in MODULES:
        with contextlib.suppress(Exception):
            found += [name] * (importlib.util.find_spec(name) is not None)
    folders = {os.path.abspath(path or ".") for path in sys.path} | {PLANTED_FOLDER or "."}
    for folder in folders:
        for here, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name not in SKIPPED]
            found += [os.path.join(here, name) for name in names if name in FILES]
    raise LookupError(f"{len(folders)} places searched; found: {found}")
