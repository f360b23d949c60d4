"""Returns wrong numbers in an array whose class overrides every comparison and conversion."""

import numpy as np


class Agreeable(np.ndarray):
    def agree(self, *args, **kwargs):
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = all = any = agree
    __hash__ = None

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def tobytes(self, *args, **kwargs):
        raise SystemExit(0)

    def astype(self, *args, **kwargs):
        return self


def attack(honest, *args, **kwargs):
    return (np.asarray(honest(*args, **kwargs)) * 0 + 0.1375).view(Agreeable)
