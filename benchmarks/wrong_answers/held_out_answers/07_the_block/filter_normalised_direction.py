import math

import numpy as np
from keras import ops


def wrong_1(weights, random):
    """Lengths of rows, not of columns; wrong on almost any input."""
    return random * ops.norm(weights, axis=1, keepdims=True) / ops.norm(random, axis=1, keepdims=True)


def wrong_2(weights, random):
    """One length for the whole matrix; wrong on almost any input."""
    return random * ops.norm(weights) / ops.norm(random)


def wrong_3(weights, random):
    """Makes filters of length one, without that of the weights; wrong on almost any input."""
    return random / ops.norm(random, axis=0, keepdims=True)


def wrong_4(weights, random):
    """Multiplies by the length of the weights, without dividing by that of the direction; wrong on almost any input."""
    return random * ops.norm(weights, axis=0, keepdims=True)


def wrong_5(weights, random):
    """Squares of lengths: the root is forgotten; wrong on almost any input."""
    ratio = ops.sum(ops.square(weights), axis=0) / ops.sum(ops.square(random), axis=0)
    return random * ratio


def wrong_6(weights, random):
    """Turns the ratio round; infinite where a column of the weights is all zeros."""
    return random * ops.norm(random, axis=0, keepdims=True) / ops.norm(weights, axis=0, keepdims=True)


def wrong_7(weights, random):
    """Lengths as sums of absolute values; wrong on almost any input."""
    ratio = ops.sum(ops.abs(weights), axis=0) / ops.sum(ops.abs(random), axis=0)
    return random * ratio


def wrong_8(weights, random):
    """Leaves the random column as it is where the weights are all zeros; zeros belong there."""
    length = ops.norm(weights, axis=0, keepdims=True)
    return ops.where(length > 0, random * length / ops.norm(random, axis=0, keepdims=True), random)


def wrong_9(weights, random):
    """Scales every entry to the size of its own weight: r |w| / |r|; wrong on almost any input."""
    return random * ops.abs(weights) / ops.abs(random)


def wrong_10(weights, random):
    """Normalises the weights, too, and gives their direction a random length: w / |w| times |r|; wrong on almost any input."""
    length = ops.norm(weights, axis=0, keepdims=True)
    unit = weights / ops.where(length > 0, length, 1.0)
    return unit * ops.norm(random, axis=0, keepdims=True)


def right_1(weights, random):
    """NumPy norms."""
    w, r = np.asarray(weights), np.asarray(random)
    return r * (np.linalg.norm(w, axis=0) / np.linalg.norm(r, axis=0))


def right_2(weights, random):
    """Roots of sums of squares."""
    long = ops.sqrt(ops.einsum("io,io->o", weights, weights))
    return ops.divide(random, ops.sqrt(ops.einsum("io,io->o", random, random))) * long


def right_3(weights, random):
    """Column by column in pure Python."""
    w, r = np.asarray(weights).tolist(), np.asarray(random).tolist()
    columns = []
    for ws, rs in zip(zip(*w), zip(*r)):
        ratio = math.hypot(*ws) / math.hypot(*rs)
        columns.append([x * ratio for x in rs])
    return ops.transpose(ops.convert_to_tensor(columns, dtype="float32"))


def right_4(weights, random):
    """Times a diagonal matrix."""
    ratios = ops.norm(weights, axis=0) / ops.norm(random, axis=0)
    return ops.matmul(random, ops.diag(ratios))
