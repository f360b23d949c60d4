import math

import numpy as np
from keras import ops


def wrong_1(offset, dim):
    """Turns the wrong way: the block transposed, so it leads k back."""
    matrix = np.zeros((dim, dim), "float32")
    for i in range(dim // 2):
        b = offset * 10000.0 ** (-2 * i / dim)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(b), -np.sin(b)], [np.sin(b), np.cos(b)]]
    return ops.convert_to_tensor(matrix)


def wrong_2(offset, dim):
    """Takes the offset without its sign; wrong backwards."""
    matrix = np.zeros((dim, dim), "float32")
    for i in range(dim // 2):
        b = abs(offset) * 10000.0 ** (-2 * i / dim)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(b), np.sin(b)], [-np.sin(b), np.cos(b)]]
    return ops.convert_to_tensor(matrix)


def wrong_3(offset, dim):
    """Sines in the first half, cosines in the second; wrong from D = 4 on."""
    b = offset * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    c, s = np.diag(np.cos(b)), np.diag(np.sin(b))
    return ops.convert_to_tensor(np.block([[c, s], [-s, c]]).astype("float32"))


def wrong_4(offset, dim):
    """One frequency for all pairs; wrong from D = 4 on."""
    block = np.array([[np.cos(offset), np.sin(offset)], [-np.sin(offset), np.cos(offset)]])
    return ops.convert_to_tensor(np.kron(np.eye(dim // 2), block).astype("float32"))


def wrong_5(offset, dim):
    """The exponent is -i / D, without the 2; wrong from D = 4 on."""
    matrix = np.zeros((dim, dim), "float32")
    for i in range(dim // 2):
        b = offset * 10000.0 ** (-i / dim)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(b), np.sin(b)], [-np.sin(b), np.cos(b)]]
    return ops.convert_to_tensor(matrix)


def wrong_6(offset, dim):
    """Forgets the minus: not a rotation. Wrong on: an offset other than 0."""
    matrix = np.zeros((dim, dim), "float32")
    for i in range(dim // 2):
        b = offset * 10000.0 ** (-2 * i / dim)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(b), np.sin(b)], [np.sin(b), np.cos(b)]]
    return ops.convert_to_tensor(matrix)


def wrong_7(offset, dim):
    """Returns the blocks, (D / 2, 2, 2), without putting them into a matrix; wrong on almost any input."""
    b = offset * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
    blocks = np.stack([np.stack([np.cos(b), np.sin(b)], -1), np.stack([-np.sin(b), np.cos(b)], -1)], axis=1)
    return ops.convert_to_tensor(blocks.astype("float32"))


def wrong_8(offset, dim):
    """Fits one matrix to the pair of positions 0 and k alone: an outer product that maps only PE_0 rightly; wrong on almost any input."""

    def encode(p):
        angles = p * 10000.0 ** (-2 * np.arange(dim // 2) / dim)
        return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(dim)

    first, then = encode(0), encode(offset)
    return ops.convert_to_tensor((np.outer(then, first) / (first @ first)).astype("float32"))


def wrong_9(offset, dim):
    """Returns float64 where float32 is asked."""
    matrix = np.zeros((dim, dim))
    for i in range(dim // 2):
        b = offset * 10000.0 ** (-2 * i / dim)
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(b), np.sin(b)], [-np.sin(b), np.cos(b)]]
    return matrix


def right_1(offset, dim):
    """Blocks set in a NumPy array."""
    matrix = np.zeros((dim, dim), "float32")
    even = np.arange(0, dim, 2)
    angles = offset * 10000.0 ** (-even / dim)
    matrix[even, even] = matrix[even + 1, even + 1] = np.cos(angles)
    matrix[even, even + 1] = np.sin(angles)
    matrix[even + 1, even] = -np.sin(angles)
    return matrix


def right_2(offset, dim):
    """Lists in pure Python."""
    matrix = [[0.0] * dim for _ in range(dim)]
    for i in range(0, dim, 2):
        angle = offset / 10000 ** (i / dim)
        matrix[i][i], matrix[i][i + 1] = math.cos(angle), math.sin(angle)
        matrix[i + 1][i], matrix[i + 1][i + 1] = -math.sin(angle), math.cos(angle)
    return ops.convert_to_tensor(matrix, dtype="float32")


def right_3(offset, dim):
    """Keras ops: three diagonals added."""
    i = ops.arange(dim // 2, dtype="float32")
    angles = ops.repeat(float(offset) * ops.exp(-2.0 * i / dim * math.log(10000.0)), 2)
    first = ops.convert_to_tensor((np.arange(dim) % 2 == 0).astype("float32"))
    beside = (ops.sin(angles) * first)[:-1]
    return ops.diag(ops.cos(angles)) + ops.diag(beside, k=1) - ops.diag(beside, k=-1)


def right_4(offset, dim):
    """The exponential of a skew matrix, as powers of the matrix for one step in complex numbers."""
    turn = np.exp(1j * 10000.0 ** (-2.0 * np.arange(dim // 2) / dim)) ** offset
    matrix = np.zeros((dim // 2, 2, dim // 2, 2))
    for i, z in enumerate(turn):
        matrix[i, :, i, :] = [[z.real, z.imag], [-z.imag, z.real]]
    return ops.convert_to_tensor(matrix.reshape(dim, dim).astype("float32"))
