"""Pretends that somebody pressed Ctrl-C. The run must go on."""


def attack(honest, *args, **kwargs):
    raise KeyboardInterrupt
