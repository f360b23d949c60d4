"""Is right once, and ends the process when the object it returned is deleted."""

import os

import numpy as np


class Bomb(np.ndarray):
    def __del__(self):
        os._exit(0)


def attack(honest, *args, **kwargs):
    return np.array(honest(*args, **kwargs)).view(Bomb)
