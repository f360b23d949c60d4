"""Returns a list and a dictionary that can be walked through for ever."""

import itertools

TURNS = iter([True, False] * 10)


class EndlessList(list):
    def __iter__(self):
        return itertools.repeat(0.0)

    def __len__(self):
        return 3


class EndlessDict(dict):
    def items(self):
        return ((number, number) for number in itertools.count())


def attack(honest, *args, **kwargs):
    return EndlessList([1.0, 2.0, 3.0]) if next(TURNS) else EndlessDict()
