import numpy as np
from keras import ops


def wrong_1(length, key_length, max_distance, start):
    """Query minus key: left and right swapped; wrong on almost any input."""
    distance = start + ops.arange(length)[:, None] - ops.arange(key_length)[None, :]
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def wrong_2(length, key_length, max_distance, start):
    """Does not clip; wrong when some distance is beyond m."""
    return ops.arange(key_length)[None, :] - (start + ops.arange(length)[:, None]) + max_distance


def wrong_3(length, key_length, max_distance, start):
    """Ignores the start. Wrong on: a start above 0."""
    distance = ops.arange(key_length)[None, :] - ops.arange(length)[:, None]
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def wrong_4(length, key_length, max_distance, start):
    """Without + m: columns from -m to m; wrong on almost any input."""
    distance = ops.arange(key_length)[None, :] - (start + ops.arange(length)[:, None])
    return ops.clip(distance, -max_distance, max_distance)


def wrong_5(length, key_length, max_distance, start):
    """The distance without its sign; wrong on almost any input."""
    distance = ops.abs(ops.arange(key_length)[None, :] - (start + ops.arange(length)[:, None]))
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def wrong_6(length, key_length, max_distance, start):
    """Brackets forgotten: s - start + t. Wrong on: all but a single query."""
    distance = ops.arange(key_length)[None, :] - start + ops.arange(length)[:, None]
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def wrong_7(length, key_length, max_distance, start):
    """Keys in rows: (S, T); wrong on almost any input."""
    distance = ops.arange(key_length)[:, None] - (start + ops.arange(length)[None, :])
    return ops.clip(distance, -max_distance, max_distance) + max_distance


def wrong_8(length, key_length, max_distance, start):
    """Clips at 2 m - 1: keys m or more behind get the column before the last."""
    distance = ops.arange(key_length)[None, :] - (start + ops.arange(length)[:, None])
    return ops.clip(distance + max_distance, 0, 2 * max_distance - 1)


def wrong_9(length, key_length, max_distance, start):
    """Far distances are wrapped round by a remainder instead of clipped. Wrong on: a distance beyond m."""
    distance = ops.arange(key_length)[None, :] - (start + ops.arange(length)[:, None])
    return ops.mod(distance + max_distance, 2 * max_distance + 1)


def wrong_10(length, key_length, max_distance, start):
    """Returns floats."""
    distance = np.arange(key_length)[None, :] - (start + np.arange(length)[:, None])
    return ops.convert_to_tensor(
        (np.clip(distance, -max_distance, max_distance) + max_distance).astype("float32")
    )


def wrong_11(length, key_length, max_distance, start):
    """Clips before the start is taken off, so the columns of late queries run below zero."""
    distance = ops.arange(key_length)[None, :] - ops.arange(length)[:, None]
    return ops.clip(distance, -max_distance, max_distance) + max_distance - start


def right_1(length, key_length, max_distance, start):
    """NumPy, a NumPy array of integers."""
    distance = np.subtract.outer(np.arange(start, start + length), np.arange(key_length))
    return max_distance - distance.clip(-max_distance, max_distance)


def right_2(length, key_length, max_distance, start):
    """Lists in pure Python."""
    rows = []
    for t in range(start, start + length):
        rows.append([max(0, min(2 * max_distance, s - t + max_distance)) for s in range(key_length)])
    return ops.convert_to_tensor(rows, dtype="int32")


def right_3(length, key_length, max_distance, start):
    """Minimum and maximum of Keras."""
    keys = ops.expand_dims(ops.arange(key_length, dtype="int32"), 0)
    queries = ops.expand_dims(ops.arange(length, dtype="int32") + start, 1)
    return ops.maximum(ops.minimum(keys - queries, max_distance), -max_distance) + max_distance
