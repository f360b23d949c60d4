"""Takes a fifth of a second for each call, and is right. It must get full marks."""

import time


def attack(honest, *args, **kwargs):
    time.sleep(0.2)
    return honest(*args, **kwargs)
