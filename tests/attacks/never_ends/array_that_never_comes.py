"""Returns an object whose conversion to an array never ends."""

import numpy as np


class Lazy:
    shape = (2,)
    dtype = np.dtype("float32")

    def __array__(self, *args, **kwargs):
        while True:
            pass


def attack(honest, *args, **kwargs):
    return Lazy()
