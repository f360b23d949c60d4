"""Returns an object that claims to be a string, an array and a number by its `__class__`."""

import itertools

import numpy as np

CLAIMS = itertools.cycle([str, np.ndarray, float, dict, list])


class Liar:
    @property
    def __class__(self):
        return next(CLAIMS)

    def __eq__(self, other):
        return True

    __hash__ = None


def attack(honest, *args, **kwargs):
    return Liar()
