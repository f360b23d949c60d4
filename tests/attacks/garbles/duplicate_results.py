"""Has everything that its process writes written twice."""

import os

write = os.write


def write_twice(descriptor, data):
    write(descriptor, data)
    return write(descriptor, data)


def attack(honest, *args, **kwargs):
    os.write = write_twice
    return honest(*args, **kwargs)
