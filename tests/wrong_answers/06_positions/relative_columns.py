"""Wrong answers to `relative_columns` beside its mutants."""

from keras import ops


def _distance(length, key_length, start):
    queries = start + ops.arange(length, dtype="int32")
    return ops.arange(key_length, dtype="int32")[None, :] - queries[:, None]


def _columns(distance, max_distance):
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def clipped_on_one_side__after_the_shift(length, key_length, max_distance, start):
    return ops.minimum(_distance(length, key_length, start) + max_distance, 2 * max_distance)


def sign_inverted__subtracted_from_m(length, key_length, max_distance, start):
    distance = _distance(length, key_length, start)
    return max_distance - ops.clip(distance, -max_distance, max_distance)


def start_from_the_lengths(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, max(key_length - length, 0)), max_distance)


def start_ignored__of_both(length, key_length, max_distance, start):
    queries, keys = start + ops.arange(length), start + ops.arange(key_length)
    return _columns(ops.cast(keys[None, :] - queries[:, None], "int32"), max_distance)


def keys_behind_as_distance_zero(length, key_length, max_distance, start):
    return ops.clip(_distance(length, key_length, start), -max_distance, 0) + max_distance


def wrapped_around(length, key_length, max_distance, start):
    return (_distance(length, key_length, start) + max_distance) % (2 * max_distance + 1)


def one_column_too_many(length, key_length, max_distance, start):
    return ops.clip(_distance(length, key_length, start) + max_distance, 0, 2 * max_distance + 1)


def clip_held_to_the_keys(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, start), min(max_distance, key_length - 1))


def table_of_keys_by_queries(length, key_length, max_distance, start):
    return ops.transpose(_columns(_distance(length, key_length, start), max_distance))


def start_clipped_by_m(length, key_length, max_distance, start):
    return _columns(_distance(length, key_length, min(start, max_distance)), max_distance)


def queries_cut_at_the_last_key(length, key_length, max_distance, start):
    queries = ops.minimum(start + ops.arange(length, dtype="int32"), key_length - 1)
    return _columns(ops.arange(key_length, dtype="int32")[None, :] - queries[:, None], max_distance)


def real_numbers(length, key_length, max_distance, start):
    return ops.cast(_columns(_distance(length, key_length, start), max_distance), "float32")
