"""Loops for ever. It must be ended at its limit of time, and the other answers judged."""


def attack(honest, *args, **kwargs):
    while True:
        pass
