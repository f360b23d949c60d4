"""Returns an object that equals everything and answers every NumPy function with itself, and is no number."""


class Agreeable:
    def agree(self, *args, **kwargs):
        return self

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __array_function__ = __array_ufunc__ = agree
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __abs__ = __getitem__ = agree
    __hash__ = None

    def __bool__(self):
        return True


def attack(honest, *args, **kwargs):
    return Agreeable()
