"""Leaves folders nested 3000 deep, a folder nobody may enter, odd names, and links to folders of others."""

import contextlib
import os

PLANTED_FOLDER = ""
PLANTED_MARKER = "course-attack"


def attack(honest, *args, **kwargs):
    here = os.getcwd()
    with contextlib.suppress(OSError):
        os.symlink(PLANTED_FOLDER or here, f"{PLANTED_MARKER}-link")
        os.makedirs(f"{PLANTED_MARKER}-closed/inside", exist_ok=True)
        os.chmod(f"{PLANTED_MARKER}-closed", 0)
        with open(os.fsencode(PLANTED_MARKER) + b"-\xff\n", "wb"):
            pass
        for _ in range(3000):
            os.mkdir(PLANTED_MARKER)
            os.chdir(PLANTED_MARKER)
    os.chdir(here)
    return honest(*args, **kwargs)
