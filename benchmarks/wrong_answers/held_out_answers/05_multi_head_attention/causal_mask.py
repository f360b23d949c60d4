import numpy as np
from keras import ops

_masks = {}


def wrong_1(length, key_length, start):
    """Leaves the own position out (< instead of <=). Wrong on: keys that reach a query's own position."""
    return ops.arange(key_length)[None, :] < start + ops.arange(length)[:, None]


def wrong_2(length, key_length, start):
    """Ignores the start; wrong wherever it is not 0 and there are later keys."""
    return ops.arange(key_length)[None, :] <= ops.arange(length)[:, None]


def wrong_3(length, key_length, start):
    """The other way round: sees its own position and what comes after; wrong on almost any input."""
    return ops.arange(key_length)[None, :] >= start + ops.arange(length)[:, None]


def wrong_4(length, key_length, start):
    """True where a key is hidden."""
    return ops.arange(key_length)[None, :] > start + ops.arange(length)[:, None]


def wrong_5(length, key_length, start):
    """Ones and zeros in floats, no booleans."""
    return ops.tril(ops.ones((length, key_length)), k=start)


def wrong_6(length, key_length, start):
    """Takes the last query to stand at the last key; wrong unless S is start + T."""
    return ops.cast(np.tril(np.ones((length, key_length)), k=key_length - length), "bool")


def wrong_7(length, key_length, start):
    """Moves the diagonal the wrong way, by minus start."""
    return ops.cast(np.tril(np.ones((length, key_length)), k=-start), "bool")


def wrong_8(length, key_length, start):
    """Keeps masks by their shape and forgets that start matters: wrong at a second call with another start."""
    if (length, key_length) not in _masks:
        _masks[length, key_length] = np.arange(key_length) <= start + np.arange(length)[:, None]
    return ops.convert_to_tensor(_masks[length, key_length])


def wrong_9(length, key_length, start):
    """Keys in rows: (S, T); wrong on almost any input."""
    return ops.arange(key_length)[:, None] <= start + ops.arange(length)[None, :]


def wrong_10(length, key_length, start):
    """Counts keys from start on, too, as if those before were gone. Wrong on: a start above 0 and later keys."""
    return (start + ops.arange(key_length))[None, :] <= (start + ops.arange(length))[:, None]


def right_1(length, key_length, start):
    """NumPy's triangle with a diagonal, a NumPy array of bool."""
    return np.tri(length, key_length, k=start, dtype=bool)


def right_2(length, key_length, start):
    """Lists in pure Python."""
    rows = [[s <= start + t for s in range(key_length)] for t in range(length)]
    return ops.convert_to_tensor(rows, dtype="bool")


def right_3(length, key_length, start):
    """Running sums: a key is seen as long as its number is not above the queries'."""
    keys = ops.cumsum(ops.ones((length, key_length), dtype="int32"), axis=1) - 1
    queries = ops.cumsum(ops.ones((length, key_length), dtype="int32"), axis=0) - 1 + start
    return ops.less_equal(keys, queries)


def right_4(length, key_length, start):
    """The opposite of what comes later."""
    later = ops.arange(key_length) - start > ops.expand_dims(ops.arange(length), -1)
    return ops.logical_not(later)
