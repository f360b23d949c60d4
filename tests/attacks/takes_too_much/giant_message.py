"""Raises an exception with a message of 20 MB. No report may grow by it."""


def attack(honest, *args, **kwargs):
    raise ValueError("x" * 20_000_000)
