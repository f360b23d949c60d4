"""Wrong answers to `rotate_by_position` beside its mutants."""

import numpy as np
from keras import ops


def _angles(vectors, start):
    length, width = vectors.shape[1:]
    exponents = ops.arange(0, width, 2, dtype="float32") / width
    return ops.arange(start, start + length, dtype="float32")[:, None] * 10000.0**-exponents


def _turn(vectors, angles):
    cosines, sines = ops.cos(angles), ops.sin(angles)
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    return even * cosines - odd * sines, even * sines + odd * cosines


def _interleaved(pairs, shape):
    return ops.reshape(ops.stack(pairs, axis=-1), shape)


def two_layouts_mixed__halves_moved(vectors, start):
    angles = ops.repeat(_angles(vectors, start), 2, axis=-1)
    first, second = ops.split(vectors, 2, axis=-1)
    moved = ops.concatenate([-second, first], axis=-1)
    return vectors * ops.cos(angles) + moved * ops.sin(angles)


def new_entry_used__in_loops(vectors, start):
    result, angles = np.array(vectors), np.asarray(_angles(vectors, start))
    for t, i in np.ndindex(angles.shape):
        cosine, sine, pair = np.cos(angles[t, i]), np.sin(angles[t, i]), result[:, t, 2 * i : 2 * i + 2]
        pair[:, 0] = cosine * pair[:, 0] - sine * pair[:, 1]
        pair[:, 1] = sine * pair[:, 0] + cosine * pair[:, 1]
    return result


def halves_paired__as_in_other_libraries(vectors, start):
    angles = ops.tile(_angles(vectors, start), (1, 2))
    first, second = ops.split(vectors, 2, axis=-1)
    moved = ops.concatenate([-second, first], axis=-1)
    return vectors * ops.cos(angles) + moved * ops.sin(angles)


def entries_of_a_pair_exchanged(vectors, start):
    return _interleaved(_turn(vectors, _angles(vectors, start))[::-1], vectors.shape)


def base_of_one_thousand(vectors, start):
    exponents = ops.arange(0, vectors.shape[2], 2, dtype="float32") / vectors.shape[2]
    positions = ops.arange(start, start + vectors.shape[1], dtype="float32")
    return _interleaved(_turn(vectors, positions[:, None] * 1000.0**-exponents), vectors.shape)


def start_multiplies(vectors, start):
    angles = _angles(vectors, 0) * max(start, 1)
    return _interleaved(_turn(vectors, angles), vectors.shape)


def angles_of_the_sentence(vectors, start):
    batch, _, width = vectors.shape
    exponents = ops.arange(0, width, 2, dtype="float32") / width
    angles = ops.arange(start, start + batch, dtype="float32")[:, None] * 10000.0**-exponents
    return _interleaved(_turn(vectors, angles[:, None]), vectors.shape)


def counted_from_the_end(vectors, start):
    return _interleaved(_turn(vectors, _angles(vectors, start)[::-1]), vectors.shape)


def lengths_made_one(vectors, start):
    turned = _interleaved(_turn(vectors, _angles(vectors, start)), vectors.shape)
    return turned / ops.sqrt(ops.sum(ops.square(turned), axis=-1, keepdims=True))


def reshaped_across_positions(vectors, start):
    turned = ops.stack(_turn(vectors, _angles(vectors, start)), axis=1)
    return ops.reshape(turned, vectors.shape)


def first_half_alone(vectors, start):
    half = vectors.shape[-1] // 4 * 2
    if not half:
        return vectors
    turned = _interleaved(_turn(vectors, _angles(vectors, start)), vectors.shape)
    return ops.concatenate([turned[..., :half], vectors[..., half:]], axis=-1)


def second_row_with_its_signs_inverted(vectors, start):
    even, odd = _turn(vectors, _angles(vectors, start))
    return _interleaved((even, -odd), vectors.shape)
