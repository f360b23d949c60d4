"""Raises NotImplementedError, which must not stop the exercises after it from being judged."""


def attack(honest, *args, **kwargs):
    raise NotImplementedError("nothing to see here")
