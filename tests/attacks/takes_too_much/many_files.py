"""Writes 200 files of 10 MB wherever it may. Nothing of them may be left, and no disk may fill."""

import os
import tempfile

PLANTED_MARKER = "course-attack"
REFUSED = []


def fill(folder):
    for number in range(50):
        try:
            with open(os.path.join(folder, f"{PLANTED_MARKER}-{number}"), "wb") as file:
                file.write(b"x" * 10**7)
        except OSError as error:
            return REFUSED.append(error)


def attack(honest, *args, **kwargs):
    if not REFUSED:
        for folder in (os.getcwd(), tempfile.gettempdir(), "/var/tmp", "/dev/shm"):
            fill(folder)
    if REFUSED:
        raise REFUSED[0]
    return honest(*args, **kwargs)
