"""Wrong answers to `sinusoidal_encoding`, each named after the mistake it makes."""

from keras import ops


def _angles(length, exponents, first=0):
    positions = ops.arange(first, first + length, dtype="float32")
    return positions[:, None] * 10000.0**-exponents


def _pairs(dim):
    return ops.arange(0, dim, 2, dtype="float32") / dim


def _interleaved(even, odd):
    return ops.reshape(ops.stack([even, odd], axis=-1), (even.shape[0], -1))


def _by_column(length, exponents):
    angles = _angles(length, exponents)
    is_odd = ops.arange(exponents.shape[0]) % 2 == 1
    return ops.where(is_odd, ops.cos(angles), ops.sin(angles))


def positions_from_one(length, dim):
    angles = _angles(length, _pairs(dim), first=1)
    return _interleaved(ops.sin(angles), ops.cos(angles))


def sine_cosine_swapped(length, dim):
    angles = _angles(length, _pairs(dim))
    return _interleaved(ops.cos(angles), ops.sin(angles))


def halves_concatenated(length, dim):
    angles = _angles(length, _pairs(dim))
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)


def frequency_by_column(length, dim):
    return _by_column(length, ops.arange(dim, dtype="float32") / dim)


def exponent_doubled(length, dim):
    return _by_column(length, 2 * ops.arange(dim, dtype="float32") / dim)


def exponent_halved(length, dim):
    angles = _angles(length, ops.arange(dim // 2, dtype="float32") / dim)
    return _interleaved(ops.sin(angles), ops.cos(angles))


def wrong_base(length, dim):
    angles = ops.arange(length, dtype="float32")[:, None] * ops.exp(-_pairs(dim))
    return _interleaved(ops.sin(angles), ops.cos(angles))


def sines_only(length, dim):
    angles = _angles(length, _pairs(dim))
    return _interleaved(ops.sin(angles), ops.sin(angles))


def frequencies_rise(length, dim):
    angles = _angles(length, -_pairs(dim))
    return _interleaved(ops.sin(angles), ops.cos(angles))


def exponents_to_one(length, dim):
    angles = _angles(length, ops.arange(0, dim, 2, dtype="float32") / max(dim - 2, 1))
    return _interleaved(ops.sin(angles), ops.cos(angles))


def one_frequency(length, dim):
    angles = _angles(length, ops.cast(ops.arange(0, dim, 2, dtype="int32") // dim, "float32"))
    return _interleaved(ops.sin(angles), ops.cos(angles))


def scrambled(length, dim):
    angles = _angles(length, _pairs(dim))
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)]), (length, dim))
