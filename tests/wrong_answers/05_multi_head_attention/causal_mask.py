"""Wrong answers to `causal_mask` beside its mutants."""

from keras import ops


def _mask(length, key_length, start):
    return ops.arange(key_length)[None, :] <= start + ops.arange(length)[:, None]


def numbers_for_booleans__added_to_scores(length, key_length, start):
    return ops.where(_mask(length, key_length, start), 0.0, -1e9)


def numbers_for_booleans__as_reals(length, key_length, start):
    return ops.cast(_mask(length, key_length, start), "float32")


def rows_of_a_square(length, key_length, start):
    return _mask(key_length, key_length, 0)[start : start + length]


def start_within_the_keys(length, key_length, start):
    return _mask(length, key_length, min(start, key_length - length))


def start_for_one_query_alone(length, key_length, start):
    return _mask(length, key_length, start if length == 1 else 0)


def start_for_several_queries_alone(length, key_length, start):
    return _mask(length, key_length, start if length > 1 else 0)


def later_keys_seen(length, key_length, start):
    keys = ops.arange(key_length)[None, :]
    return ops.logical_or(_mask(length, key_length, start), keys >= start + length)


def earlier_keys_hidden(length, key_length, start):
    return ops.logical_and(_mask(length, key_length, start), ops.arange(key_length)[None, :] >= start)


def one_row_for_all(length, key_length, start):
    return ops.repeat(_mask(1, key_length, start), length, axis=0)


def diagonal_alone(length, key_length, start):
    return ops.arange(key_length)[None, :] == start + ops.arange(length)[:, None]


def as_many_keys_as_queries(length, key_length, start):
    return _mask(length, length, start)


def at_least_one_key_behind(length, key_length, start):
    return ops.logical_and(
        _mask(length, key_length, start), ops.arange(key_length)[None, :] < max(start, 1) + 2
    )


_kept = {}


def kept_by_shape(length, key_length, start):
    """Right on the first call of every shape."""
    return _kept.setdefault((length, key_length), _mask(length, key_length, start))
