"""Wrong answers to `offset_matrix` beside its mutants."""

import numpy as np
from keras import ops


def _matrix(angles, corners):
    matrix = np.zeros((2 * len(angles), 2 * len(angles)), "float32")
    for index, angle in enumerate(angles):
        place = slice(2 * index, 2 * index + 2)
        matrix[place, place] = corners(np.cos(angle), np.sin(angle))
    return matrix


def _angles(offset, dim, base=10000.0):
    return offset * base ** (-np.arange(0, dim, 2) / dim)


def _turn(cosine, sine):
    return [[cosine, sine], [-sine, cosine]]


def sign_of_offset_lost__of_the_sines(offset, dim):
    return _matrix(_angles(offset, dim), lambda c, s: _turn(c, s * np.sign(offset)))


def one_angle__blocks_by_kron(offset, dim):
    return np.kron(np.eye(dim // 2), np.array(_turn(np.cos(offset), np.sin(offset))))


def sines_and_cosines_exchanged(offset, dim):
    return _matrix(_angles(offset, dim), lambda c, s: [[s, c], [-c, s]])


def nothing_done_backwards(offset, dim):
    return _matrix(_angles(max(offset, 0), dim), _turn)


def one_step_too_few(offset, dim):
    return _matrix(_angles(offset - np.sign(offset), dim), _turn)


def first_block_alone(offset, dim):
    matrix = np.eye(dim)
    matrix[:2, :2] = _turn(np.cos(offset), np.sin(offset))
    return matrix


def base_of_one_thousand(offset, dim):
    return _matrix(_angles(offset, dim, 1000.0), _turn)


def whole_turns(offset, dim):
    return _matrix(2 * np.pi * _angles(offset, dim), _turn)


def blocks_alone(offset, dim):
    angles = ops.convert_to_tensor(_angles(offset, dim), dtype="float32")
    cosines, sines = ops.cos(angles), ops.sin(angles)
    return ops.reshape(ops.stack([cosines, sines, -sines, cosines], axis=-1), (-1, 2, 2))


def everywhere_not_on_the_diagonal(offset, dim):
    blocks = [_turn(np.cos(angle), np.sin(angle)) for angle in _angles(offset, dim)]
    return np.concatenate([np.tile(block, (1, dim // 2)) for block in blocks])


def blocks_in_reverse_order(offset, dim):
    return _matrix(_angles(offset, dim)[::-1], _turn)
