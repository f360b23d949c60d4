"""Wrong answers to `context_windows`, each named after the mistake it makes."""

from keras import ops


def future_included(token_ids, window):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [0, window - 1]])
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def current_missing(token_ids, window):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [window, 0]])
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def reversed_order(token_ids, window):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]])
    return ops.stack([padded[:, i : i + length] for i in reversed(range(window))], axis=-1)


def wraps_around(token_ids, window):
    return ops.stack([ops.roll(token_ids, i, axis=1) for i in reversed(range(window))], axis=-1)


def first_repeated(token_ids, window):
    length = token_ids.shape[1]
    first = ops.repeat(token_ids[:, :1], window - 1, axis=1)
    padded = ops.concatenate([first, token_ids], axis=1)
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def window_before_time(token_ids, window):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]])
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=1)


def incomplete_dropped(token_ids, window):
    length = token_ids.shape[1]
    return ops.stack([token_ids[:, i : i + length - window + 1] for i in range(window)], axis=-1)


def other_than_zero(token_ids, window):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [window - 1, 0]], constant_values=-1)
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)
