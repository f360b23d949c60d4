"""Wrong answers to `offset_matrix`, each named after the mistake it makes."""

import numpy as np
from keras import ops


def _angles(offset, dim, step=2):
    return offset * 10000.0 ** (-step * np.arange(dim // 2) / dim)


def _matrix(angles, corners):
    matrix = np.zeros((2 * len(angles), 2 * len(angles)), "float32")
    for index, angle in enumerate(angles):
        place = slice(2 * index, 2 * index + 2)
        matrix[place, place] = corners(np.cos(angle), np.sin(angle))
    return ops.convert_to_tensor(matrix)


def _turn(cosine, sine):
    return [[cosine, sine], [-sine, cosine]]


def offset_ignored(offset, dim):
    return _matrix(_angles(1, dim), _turn)


def transposed(offset, dim):
    return ops.transpose(_matrix(_angles(offset, dim), _turn))


def halves_paired(offset, dim):
    angles = ops.convert_to_tensor(_angles(offset, dim), dtype="float32")
    cosines, sines = ops.diag(ops.cos(angles)), ops.diag(ops.sin(angles))
    upper = ops.concatenate([cosines, sines], axis=1)
    return ops.concatenate([upper, ops.concatenate([-sines, cosines], axis=1)], axis=0)


def no_rotation(offset, dim):
    return _matrix(_angles(offset, dim), lambda cosine, sine: [[cosine, sine], [sine, cosine]])


def diagonal_only(offset, dim):
    return _matrix(_angles(offset, dim), lambda cosine, sine: [[cosine, 0], [0, cosine]])


def exponent_halved(offset, dim):
    return _matrix(_angles(offset, dim, step=1), _turn)


def one_angle(offset, dim):
    return _matrix([float(offset)] * (dim // 2), _turn)


def sign_of_offset_lost(offset, dim):
    return _matrix(_angles(abs(offset), dim), _turn)
