import numpy as np
from keras import ops


def wrong_1(embeddings, table, start):
    """Does not scale the embeddings; wrong on almost any input."""
    return embeddings + table[start : start + embeddings.shape[1]]


def wrong_2(embeddings, table, start):
    """Ignores the start. Wrong on: a start above 0."""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[: embeddings.shape[1]]


def wrong_3(embeddings, table, start):
    """Scales the positions, too; wrong on almost any input."""
    return (embeddings + table[start : start + embeddings.shape[1]]) * embeddings.shape[-1] ** 0.5


def wrong_4(embeddings, table, start):
    """Divides by the root of D; wrong on almost any input."""
    return embeddings / embeddings.shape[-1] ** 0.5 + table[start : start + embeddings.shape[1]]


def wrong_5(embeddings, table, start):
    """Multiplies by D, not by its root; wrong on almost any input."""
    return embeddings * embeddings.shape[-1] + table[start : start + embeddings.shape[1]]


def wrong_6(embeddings, table, start):
    """Adds the one vector at start to all positions; wrong from T = 2 on."""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start]


def wrong_7(embeddings, table, start):
    """Slices [start : T]: wrong or impossible when the start is not 0."""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start : embeddings.shape[1]]


def wrong_8(embeddings, table, start):
    """Under the root stands the length T (the wrong axis)."""
    return embeddings * embeddings.shape[1] ** 0.5 + table[start : start + embeddings.shape[1]]


def wrong_9(embeddings, table, start):
    """Adds all of the table from start on; fails when it is longer than the sentence."""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[start:]


def wrong_10(embeddings, table, start):
    """Takes the last T rows of the table; wrong when L is larger than start + T."""
    return embeddings * embeddings.shape[-1] ** 0.5 + table[-embeddings.shape[1] :]


def right_1(embeddings, table, start):
    """NumPy."""
    e, p = np.asarray(embeddings), np.asarray(table)
    return np.sqrt(np.float32(e.shape[2])) * e + p[None, start : start + e.shape[1]]


def right_2(embeddings, table, start):
    """Looked up by position numbers."""
    _, length, width = embeddings.shape
    places = ops.arange(start, start + length, dtype="int32")
    return ops.add(ops.multiply(embeddings, ops.sqrt(float(width))), ops.take(table, places, axis=0))


def right_3(embeddings, table, start):
    """A loop over positions."""
    width = embeddings.shape[-1]
    return ops.stack(
        [width**0.5 * embeddings[:, t] + table[start + t] for t in range(embeddings.shape[1])], axis=1
    )
