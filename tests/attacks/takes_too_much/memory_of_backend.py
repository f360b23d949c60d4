"""Asks the backend for 16 GB, for which its own allocator may bring the process down."""

from keras import ops


def attack(honest, *args, **kwargs):
    return ops.sum(ops.ones((2**16, 2**16)))
