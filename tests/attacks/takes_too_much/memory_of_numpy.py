"""Asks NumPy for 8 GB and fills them."""

import numpy as np


def attack(honest, *args, **kwargs):
    return np.ones(2**30).sum()
