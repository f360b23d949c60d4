"""Raises an exception with a message of 100 MB. No report may grow by it."""


def attack(honest, *args, **kwargs):
    raise ValueError("x" * 10**8)
