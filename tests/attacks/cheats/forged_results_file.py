"""Writes files that claim full marks wherever a grader might keep its own, and is wrong."""

import contextlib
import json
import os

import numpy as np

PLANTED_FOLDER = ""
FOLDERS = (".", "..", "/autograder/results", "/autograder/source", "/output", "results", "records")
NAMES = ("results.json", "records/mallory.json", "marks.csv", "run.json", ".OTTER_LOG", "gradebook.db")


def attack(honest, *args, **kwargs):
    claim = {"score": 100, "points": 100, "passed": True, "status": "marked", "tests": [{"score": 100}]}
    for folder in (*FOLDERS, PLANTED_FOLDER or "."):
        for name in NAMES:
            with contextlib.suppress(OSError):
                path = os.path.join(folder, name)
                if not os.path.exists(path):
                    with open(path, "w") as file:
                        json.dump(claim, file)
    return np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
