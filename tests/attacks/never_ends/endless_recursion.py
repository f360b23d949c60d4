"""Calls itself for ever. The exception belongs to this answer alone."""


def attack(honest, *args, **kwargs):
    return attack(honest, *args, **kwargs)
