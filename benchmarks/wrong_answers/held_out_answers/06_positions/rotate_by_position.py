import math

import numpy as np
from keras import ops


def wrong_1(vectors, start):
    """Pairs entry i with entry i + K / 2, not with its neighbour; wrong from K = 4 on."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., : k // 2], vectors[..., k // 2 :]
    return ops.concatenate([x * c - y * s, x * s + y * c], axis=-1)


def wrong_2(vectors, start):
    """Turns the other way; wrong on almost any input."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c + y * s, y * c - x * s], axis=-1), (b, t, k))


def wrong_3(vectors, start):
    """Ignores the start. Wrong on: a start above 0."""
    b, t, k = vectors.shape
    angles = np.arange(t)[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c - y * s, x * s + y * c], axis=-1), (b, t, k))


def wrong_4(vectors, start):
    """Neighbours in, halves out: the turned entries are laid one half behind the other; wrong from K = 4 on."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.concatenate([x * c - y * s, x * s + y * c], axis=-1)


def wrong_5(vectors, start):
    """The exponent is -i / K, without the 2; wrong from K = 4 on."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c - y * s, x * s + y * c], axis=-1), (b, t, k))


def wrong_6(vectors, start):
    """Uses the turned first entry to turn the second: lengths are not kept; wrong on almost any input."""
    x = np.array(vectors)
    b, t, k = x.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    x[..., 0::2] = x[..., 0::2] * np.cos(angles) - x[..., 1::2] * np.sin(angles)
    x[..., 1::2] = x[..., 0::2] * np.sin(angles) + x[..., 1::2] * np.cos(angles)
    return ops.convert_to_tensor(x)


def wrong_7(vectors, start):
    """Adds sinusoids where it should turn."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(t, k)
    return vectors + ops.convert_to_tensor(table.astype("float32"))


def wrong_8(vectors, start):
    """Counts positions from 1; wrong on almost any input."""
    b, t, k = vectors.shape
    angles = (start + 1 + np.arange(t))[:, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c - y * s, x * s + y * c], axis=-1), (b, t, k))


def wrong_9(vectors, start):
    """Turns every pair by the same angle p, the frequency of the first; wrong from K = 4 on."""
    b, t, k = vectors.shape
    angles = (start + np.arange(t))[:, None] * np.ones(k // 2)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c - y * s, x * s + y * c], axis=-1), (b, t, k))


def wrong_10(vectors, start):
    """Turns by the number of the sentence in the batch instead of the position. Wrong on: T above 1 or B above 1."""
    b, t, k = vectors.shape
    angles = (start + np.arange(b))[:, None, None] * 10000.0 ** (-2 * np.arange(k // 2) / k)
    c, s = (ops.convert_to_tensor(x.astype("float32")) for x in (np.cos(angles), np.sin(angles)))
    x, y = vectors[..., 0::2], vectors[..., 1::2]
    return ops.reshape(ops.stack([x * c - y * s, x * s + y * c], axis=-1), (b, t, k))


def right_1(vectors, start):
    """Pairs as complex numbers in NumPy."""
    x = np.asarray(vectors).astype("float64")
    t, k = x.shape[1:]
    turn = np.exp(1j * np.outer(start + np.arange(t), 10000.0 ** (-np.arange(0, k, 2) / k)))
    z = (x[..., ::2] + 1j * x[..., 1::2]) * turn
    return np.stack([z.real, z.imag], axis=-1).reshape(x.shape).astype("float32")


def right_2(vectors, start):
    """The vector times cosines plus its neighbours, swapped and signed, times sines."""
    _, length, width = vectors.shape
    rates = ops.repeat(10000.0 ** (-2.0 * ops.arange(width // 2, dtype="float32") / width), 2)
    angles = ops.cast(start + ops.arange(length), "float32")[:, None] * rates
    pairs = ops.reshape(vectors, (-1, length, width // 2, 2))
    swapped = ops.reshape(ops.stack([-pairs[..., 1], pairs[..., 0]], axis=-1), (-1, length, width))
    return vectors * ops.cos(angles) + swapped * ops.sin(angles)


def right_3(vectors, start):
    """One matrix of blocks for each position, einsum."""
    _, length, width = vectors.shape
    turns = np.zeros((length, width, width), "float32")
    for t in range(length):
        for i in range(0, width, 2):
            angle = (start + t) * 10000.0 ** (-i / width)
            turns[t, i : i + 2, i : i + 2] = [
                [math.cos(angle), -math.sin(angle)],
                [math.sin(angle), math.cos(angle)],
            ]
    return ops.einsum("tij,btj->bti", ops.convert_to_tensor(turns), vectors)


def right_4(vectors, start):
    """Loops in pure Python."""
    result = []
    for sentence in np.asarray(vectors).tolist():
        rows = []
        for p, row in enumerate(sentence, start):
            new = []
            for i in range(0, len(row), 2):
                angle = p / 10000 ** (i / len(row))
                x, y = row[i], row[i + 1]
                new += [x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)]
            rows.append(new)
        result.append(rows)
    return ops.convert_to_tensor(result, dtype="float32")
