"""Raises what `except Exception` does not catch. The grader must not go down with it."""


class Unstoppable(BaseException):
    pass


def attack(honest, *args, **kwargs):
    raise Unstoppable("not an Exception")
