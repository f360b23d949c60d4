"""Is right, but so slow that no limit lets it finish. It must cost itself only."""

import time


def attack(honest, *args, **kwargs):
    time.sleep(40)
    return honest(*args, **kwargs)
