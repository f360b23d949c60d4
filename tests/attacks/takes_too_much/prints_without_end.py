"""Prints 100 MB. Neither the disk nor the memory of the grader may fill with it."""


def attack(honest, *args, **kwargs):
    for _ in range(10**6):
        print("x" * 99)
    return honest(*args, **kwargs)
