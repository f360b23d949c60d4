import numpy as np
from keras import ops


def wrong_1(token_ids, window):
    """Newest id first in each window; wrong from W = 2 on."""
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, ((0, 0), (window - 1, 0)))
    return ops.stack([padded[:, i : i + length] for i in reversed(range(window))], axis=-1)


def wrong_2(token_ids, window):
    """Leaves out the id at the position itself: the W ids before it; wrong on almost any input."""
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, ((0, 0), (window, 0)))
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def wrong_3(token_ids, window):
    """Pads on the right, so a window looks ahead. Wrong on: W of 2 or more."""
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, ((0, 0), (0, window - 1)))
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def wrong_4(token_ids, window):
    """Rolls the row, so the first windows hold its last ids instead of 0. Wrong on: W of 2 or more."""
    return ops.stack([ops.roll(token_ids, k, axis=1) for k in range(window - 1, -1, -1)], axis=-1)


def wrong_5(token_ids, window):
    """Slices [:, : T - k] with k beyond T; fails or goes wrong when W is larger than T + 1."""
    length = token_ids.shape[1]
    columns = []
    for k in range(window - 1, -1, -1):
        columns.append(ops.pad(token_ids[:, : length - k], ((0, 0), (k, 0))))
    return ops.stack(columns, axis=-1)


def wrong_6(token_ids, window):
    """Returns floats, for the zeros of NumPy are floats by default."""
    ids = np.array(token_ids)
    rows, length = ids.shape
    result = np.zeros((rows, length, window))
    for t in range(length):
        for w in range(window):
            source = t - window + 1 + w
            if source >= 0:
                result[:, t, w] = ids[:, source]
    return ops.convert_to_tensor(result)


def wrong_7(token_ids, window):
    """Only whole windows, T - W + 1 of them; wrong from W = 2 on."""
    ids = np.array(token_ids)
    if window > ids.shape[1]:
        ids = np.pad(ids, ((0, 0), (window - ids.shape[1], 0)))
    return ops.convert_to_tensor(np.lib.stride_tricks.sliding_window_view(ids, window, axis=1).copy())


def wrong_8(token_ids, window):
    """Clamps the index at 0, so windows before the start repeat the first id instead of 0."""
    length = token_ids.shape[1]
    index = np.arange(length)[:, None] + np.arange(1 - window, 1)[None, :]
    return ops.take(token_ids, np.maximum(index, 0), axis=1)


def wrong_9(token_ids, window):
    """Makes a short window smaller than W when the text is shorter than W."""
    length = token_ids.shape[1]
    window = min(window, length)
    padded = ops.pad(token_ids, ((0, 0), (window - 1, 0)))
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def right_1(token_ids, window):
    """NumPy sliding windows over a padded copy."""
    padded = np.pad(np.asarray(token_ids), ((0, 0), (window - 1, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, window, axis=1).copy()


def right_2(token_ids, window):
    """Loops in pure Python."""
    result = []
    for row in np.asarray(token_ids).tolist():
        text = [0] * (window - 1) + row
        result.append([text[t : t + window] for t in range(len(row))])
    return ops.convert_to_tensor(result, dtype="int32")


def right_3(token_ids, window):
    """One look-up with a table of indices, into a row that begins with a zero."""
    length = token_ids.shape[1]
    index = np.arange(length)[:, None] + np.arange(window)[None, :] - window + 2
    with_zero = ops.concatenate([ops.zeros_like(token_ids[:, :1]), token_ids], axis=1)
    return ops.take(with_zero, ops.convert_to_tensor(np.clip(index, 0, None)), axis=1)


def right_4(token_ids, window):
    """Shifts one by one, the oldest last, then turned round."""
    shifted, columns = token_ids, []
    for _ in range(window):
        columns.insert(0, shifted)
        shifted = ops.concatenate([ops.zeros_like(shifted[:, :1]), shifted[:, :-1]], axis=1)
    return ops.stack(columns, axis=2)
