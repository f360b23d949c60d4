"""Wrong answers to `sinusoidal_encoding` beside its mutants."""

import math

import numpy as np
from keras import ops


def _angles(length, dim, base=10000.0):
    exponents = ops.arange(0, dim, 2, dtype="float32") / dim
    return ops.arange(length, dtype="float32")[:, None] * base**-exponents


def _interleaved(even, odd):
    return ops.reshape(ops.stack([even, odd], axis=-1), (even.shape[0], -1))


def exponents_to_one__as_in_tensor2tensor(length, dim):
    step = math.log(10000.0) / max(dim // 2 - 1, 1)
    angles = ops.arange(length, dtype="float32")[:, None] * ops.exp(
        -step * ops.arange(dim // 2, dtype="float32")
    )
    return _interleaved(ops.sin(angles), ops.cos(angles))


def exponents_to_one__in_loops(length, dim):
    rows = [[position / 10000 ** (i / (dim - 2)) for i in range(0, dim, 2)] for position in range(length)]
    return [[f(angle) for angle in row for f in (math.sin, math.cos)] for row in rows]


def halves_concatenated__transposed(length, dim):
    angles = ops.transpose(_angles(length, dim))
    pairs = ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)]), (dim, length))
    return ops.transpose(pairs)


def halves_concatenated__stacked_in_the_middle(length, dim):
    angles = _angles(length, dim)
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], axis=1), (length, dim))


def base_of_one_thousand(length, dim):
    angles = _angles(length, dim, base=1000.0)
    return _interleaved(ops.sin(angles), ops.cos(angles))


def base_of_a_million(length, dim):
    angles = _angles(length, dim, base=1e6)
    return _interleaved(ops.sin(angles), ops.cos(angles))


def as_parts_of_the_length(length, dim):
    angles = _angles(length, dim) / length
    return _interleaved(ops.sin(angles), ops.cos(angles))


def frequencies_as_periods(length, dim):
    angles = 2 * math.pi * _angles(length, dim)
    return _interleaved(ops.sin(angles), ops.cos(angles))


def scaled_by_root_of_width(length, dim):
    angles = _angles(length, dim)
    return dim**0.5 * _interleaved(ops.sin(angles), ops.cos(angles))


def position_one_repeated(length, dim):
    angles = ops.minimum(_angles(length, dim), _angles(2, dim)[1:])
    return _interleaved(ops.sin(angles), ops.cos(angles))


def cosines_negative(length, dim):
    angles = _angles(length, dim)
    return _interleaved(ops.sin(angles), -ops.cos(angles))


def axes_exchanged(length, dim):
    angles = _angles(length, dim)
    return ops.transpose(_interleaved(ops.sin(angles), ops.cos(angles)))


def no_more_than_thirty_positions(length, dim):
    angles = ops.minimum(_angles(length, dim), 30.0)
    return _interleaved(ops.sin(angles), ops.cos(angles))


_kept = {}


def kept_by_length(length, dim):
    """Right on the first call of every length."""
    if length not in _kept:
        angles = np.arange(length)[:, None] * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
        table = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
        _kept[length] = table.reshape(length, dim).astype("float32")
    return _kept[length]
