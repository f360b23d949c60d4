"""Raises what `except Exception` does not catch, in the value of a global name."""


class Unstoppable(BaseException):
    pass


def throw():
    raise Unstoppable("not an Exception")


VALUE = throw()


def attack(honest, *args, **kwargs):
    return honest(*args, **kwargs)
