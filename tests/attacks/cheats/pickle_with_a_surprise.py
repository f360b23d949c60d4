"""Returns and raises objects that write a file wherever they are unpickled. Nothing may unpickle them."""

import os

PLANTED_FOLDER = ""
PLANTED_MARKER = "course-attack"


class Surprise(ValueError):
    def __reduce__(self):
        return os.system, (f"touch '{PLANTED_FOLDER or '.'}/{PLANTED_MARKER}-unpickled'",)


TURNS = iter([True, False] * 10)


def attack(honest, *args, **kwargs):
    if next(TURNS):
        return Surprise("returned")
    raise Surprise("raised")
