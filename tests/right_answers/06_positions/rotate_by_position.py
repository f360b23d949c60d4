"""Right answers to `rotate_by_position` in other styles."""

import math

import numpy as np
from keras import ops


def as_complex_numbers(vectors, start):
    vectors = np.asarray(vectors, dtype="float64")
    positions = start + np.arange(vectors.shape[1])[:, None]
    angles = positions / 10000 ** (np.arange(0, vectors.shape[2], 2) / vectors.shape[2])
    turned = (vectors[..., 0::2] + 1j * vectors[..., 1::2]) * np.exp(1j * angles)
    return np.stack([turned.real, turned.imag], axis=-1).reshape(vectors.shape)


def with_full_tables(vectors, start):
    length, width = vectors.shape[1:]
    frequencies = 10000.0 ** (-ops.arange(0, width, 2, dtype="float32") / width)
    angles = ops.outer(ops.arange(start, start + length, dtype="float32"), frequencies)
    angles = ops.repeat(angles, 2, axis=-1)
    moved = ops.reshape(ops.stack([-vectors[..., 1::2], vectors[..., 0::2]], axis=-1), vectors.shape)
    return vectors * ops.cos(angles) + moved * ops.sin(angles)


def as_products_with_matrices(vectors, start):
    batch, length, width = vectors.shape
    frequencies = 10000.0 ** (-ops.arange(0, width, 2, dtype="float32") / width)
    angles = (start + ops.arange(length, dtype="float32"))[:, None] * frequencies
    rows = ops.stack([ops.cos(angles), -ops.sin(angles), ops.sin(angles), ops.cos(angles)], axis=-1)
    turns = ops.reshape(rows, (length, width // 2, 2, 2))
    pairs = ops.reshape(vectors, (batch, length, width // 2, 2))
    return ops.reshape(ops.einsum("tiac,btic->btia", turns, pairs), (batch, length, width))


def in_loops(vectors, start):
    result = np.asarray(vectors).tolist()
    for sentence in result:
        for t, vector in enumerate(sentence):
            for i in range(0, len(vector), 2):
                angle = (start + t) * 10000 ** (-i / len(vector))
                x, y = vector[i : i + 2]
                vector[i] = math.cos(angle) * x - math.sin(angle) * y
                vector[i + 1] = math.sin(angle) * x + math.cos(angle) * y
    return result
