"""Writes 200 files of 10 MB wherever it may. Nothing of them may be left, and no disk may fill."""

import contextlib
import os
import tempfile

PLANTED_MARKER = "course-attack"


def attack(honest, *args, **kwargs):
    refused = []
    for folder in (os.getcwd(), tempfile.gettempdir(), "/var/tmp", "/dev/shm"):
        for number in range(50):
            try:
                with open(os.path.join(folder, f"{PLANTED_MARKER}-{number}"), "wb") as file:
                    file.write(b"x" * 10**7)
            except OSError as error:
                refused.append(error)
                break
    with contextlib.suppress(IndexError):
        raise refused[0]
    return honest(*args, **kwargs)
