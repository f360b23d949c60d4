"""Wrong answers to `causal_mask`, each named after the mistake it makes."""

from keras import ops


def _keys_and_positions(length, key_length, start):
    return ops.arange(key_length)[None, :], (start + ops.arange(length))[:, None]


def own_position_hidden(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, start)
    return keys < positions


def one_too_many(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, start)
    return keys <= positions + 1


def inverted(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, start)
    return keys > positions


def future_for_past(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, start)
    return keys >= positions


def start_ignored(length, key_length, start):
    return ops.cast(ops.tril(ops.ones((length, key_length))), "bool")


def aligned_at_the_end(length, key_length, start):
    return ops.cast(ops.tril(ops.ones((length, key_length)), k=key_length - length), "bool")


def start_subtracted(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, -start)
    return keys <= positions


def axes_swapped(length, key_length, start):
    return ops.arange(key_length)[:, None] <= (start + ops.arange(length))[None, :]


def batch_axis_added(length, key_length, start):
    keys, positions = _keys_and_positions(length, key_length, start)
    return (keys <= positions)[None]


def numbers_for_booleans(length, key_length, start):
    return ops.tril(ops.ones((length, key_length), dtype="int32"), k=start)
