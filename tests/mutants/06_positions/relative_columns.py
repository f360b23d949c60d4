"""Wrong answers to `relative_columns`, each named after the mistake it makes."""

from keras import ops


def _distance(length, key_length, start):
    queries = start + ops.arange(length, dtype="int32")
    return ops.arange(key_length, dtype="int32")[None, :] - queries[:, None]


def _columns(distance, max_distance):
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def start_ignored(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, 0), max_distance)


def start_of_keys(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, -start), max_distance)


def sign_inverted(length, key_length, max_distance, start):
    return _columns(-_distance(length, key_length, start), max_distance)


def not_clipped(length, key_length, max_distance, start):
    return _distance(length, key_length, start) + max_distance


def clipped_on_one_side(length, key_length, max_distance, start):
    return ops.maximum(_distance(length, key_length, start), -max_distance) + max_distance


def clipped_one_short(length, key_length, max_distance, start):
    return ops.clip(_distance(length, key_length, start), 1 - max_distance, max_distance - 1) + max_distance


def not_shifted(length, key_length, max_distance, start):
    return ops.clip(_distance(length, key_length, start), -max_distance, max_distance)


def direction_lost(length, key_length, max_distance, start):
    return ops.minimum(ops.abs(_distance(length, key_length, start)), max_distance)


def counted_from_one(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, start), max_distance) + 1
