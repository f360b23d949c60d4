"""Wrong answers to `rotate_by_position`, each named after the mistake it makes."""

from keras import ops


def _angles(vectors, start, step=2):
    length, width = vectors.shape[1:]
    exponents = step * ops.arange(width // 2, dtype="float32") / width
    return ops.arange(start, start + length, dtype="float32")[:, None] * 10000.0**-exponents


def _turn(first, second, angles):
    cosines, sines = ops.cos(angles), ops.sin(angles)
    return first * cosines - second * sines, first * sines + second * cosines


def _neighbours(vectors, angles):
    turned = _turn(vectors[..., 0::2], vectors[..., 1::2], angles)
    return ops.reshape(ops.stack(turned, axis=-1), vectors.shape)


def start_ignored(vectors, start):
    return _neighbours(vectors, _angles(vectors, 0))


def positions_from_one(vectors, start):
    return _neighbours(vectors, _angles(vectors, start + 1))


def direction_inverted(vectors, start):
    return _neighbours(vectors, -_angles(vectors, start))


def halves_paired(vectors, start):
    first, second = ops.split(vectors, 2, axis=-1)
    return ops.concatenate(_turn(first, second, _angles(vectors, start)), axis=-1)


def halves_returned(vectors, start):
    turned = _turn(vectors[..., 0::2], vectors[..., 1::2], _angles(vectors, start))
    return ops.concatenate(turned, axis=-1)


def exponent_doubled(vectors, start):
    return _neighbours(vectors, _angles(vectors, start, step=4))


def exponent_halved(vectors, start):
    return _neighbours(vectors, _angles(vectors, start, step=1))


def no_rotation(vectors, start):
    cosines, sines = ops.cos(_angles(vectors, start)), ops.sin(_angles(vectors, start))
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    pairs = ops.stack([even * cosines + odd * sines, even * sines + odd * cosines], axis=-1)
    return ops.reshape(pairs, vectors.shape)


def sinusoids_added(vectors, start):
    angles = _angles(vectors, start)
    pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)
    return vectors + ops.reshape(pairs, vectors.shape[1:])


def cosines_only(vectors, start):
    return vectors * ops.repeat(ops.cos(_angles(vectors, start)), 2, axis=-1)


def two_layouts_mixed(vectors, start):
    angles = _angles(vectors, start)
    angles = ops.concatenate([angles, angles], axis=-1)
    moved = ops.reshape(ops.stack([-vectors[..., 1::2], vectors[..., 0::2]], axis=-1), vectors.shape)
    return vectors * ops.cos(angles) + moved * ops.sin(angles)


def new_entry_used(vectors, start):
    cosines, sines = ops.cos(_angles(vectors, start)), ops.sin(_angles(vectors, start))
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    even = even * cosines - odd * sines
    odd = even * sines + odd * cosines
    return ops.reshape(ops.stack([even, odd], axis=-1), vectors.shape)


def one_angle(vectors, start):
    return _neighbours(vectors, _angles(vectors, start)[:, :1])


def one_position_for_all(vectors, start):
    return _neighbours(vectors, _angles(vectors, start)[:1])
