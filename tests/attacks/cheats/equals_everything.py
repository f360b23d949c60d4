"""Returns an object that equals everything and passes for an array. It must be told from a number."""

import numpy as np


class Anything:
    shape = ()
    dtype = np.dtype("float32")
    ndim = 0
    size = 1

    def answer(self, *args, **kwargs):
        return self

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __getitem__ = __abs__ = answer
    __hash__ = None

    def __bool__(self):
        return True

    def __float__(self):
        return 0.0

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.answer


def attack(honest, *args, **kwargs):
    return Anything()
