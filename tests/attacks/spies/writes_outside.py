"""Writes files into the home, the packages, the system and the folders of others, and is right."""

import contextlib
import os
import sys
import tempfile

import numpy as np

PLANTED_FOLDER = ""
PLANTED_MARKER = "course-attack"


def attack(honest, *args, **kwargs):
    folders = {PLANTED_FOLDER or ".", os.path.expanduser("~"), "/root", "/etc", "/usr/local", "/var/tmp"}
    folders |= {sys.prefix, tempfile.gettempdir(), os.path.dirname(np.__file__), os.getcwd(), "/dev/shm"}
    folders |= {path for path in sys.path if os.path.isdir(path)}
    for folder in sorted(folders):
        path = os.path.join(folder, f"{PLANTED_MARKER}-outside")
        with contextlib.suppress(OSError), open(path, "w") as file:
            file.write("I was here.")
    if PLANTED_FOLDER:
        for name in os.listdir(PLANTED_FOLDER) if os.path.isdir(PLANTED_FOLDER) else ():
            with contextlib.suppress(OSError):
                os.remove(os.path.join(PLANTED_FOLDER, name))
    return honest(*args, **kwargs)
