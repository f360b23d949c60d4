"""Wrong answers to `context_windows` beside its mutants."""

import numpy as np
from keras import ops


def _windows(token_ids, window, before):
    length = token_ids.shape[1]
    padded = ops.pad(token_ids, [[0, 0], [before, 0]])
    return ops.stack([padded[:, i : i + length] for i in range(window)], axis=-1)


def one_id_too_many(token_ids, window):
    return _windows(token_ids, window + 1, window)


def no_longer_than_the_text(token_ids, window):
    window = min(window, token_ids.shape[1])
    return _windows(token_ids, window, window - 1)


def texts_joined(token_ids, window):
    flat = ops.pad(ops.reshape(token_ids, (-1,)), [[window - 1, 0]])
    windows = ops.stack(
        [flat[i : i + token_ids.shape[0] * token_ids.shape[1]] for i in range(window)], axis=-1
    )
    return ops.reshape(windows, (*token_ids.shape, window))


def zeros_of_the_text_closed_up(token_ids, window):
    windows = np.array(_windows(token_ids, window, window - 1))
    for row in windows.reshape(-1, window):
        real = row[row != 0]
        row[:] = 0
        row[window - len(real) :] = real
    return windows


def padding_behind_in_the_window(token_ids, window):
    ids = np.asarray(token_ids)
    windows = np.zeros((*ids.shape, window), ids.dtype)
    for t in range(ids.shape[1]):
        part = ids[:, max(0, t - window + 1) : t + 1]
        windows[:, t, : part.shape[1]] = part
    return windows


def as_real_numbers(token_ids, window):
    return ops.cast(_windows(token_ids, window, window - 1), "float32")


def without_overlap(token_ids, window):
    ids = np.asarray(token_ids)
    padded = np.pad(ids, ((0, 0), (0, -ids.shape[1] % window)))
    return padded.reshape(len(ids), -1, window)


def last_id_masked(token_ids, window):
    windows = np.array(_windows(token_ids, window, window - 1))
    windows[:, :, -1] = 0
    return windows


def incomplete_dropped__in_loops(token_ids, window):
    rows = np.asarray(token_ids)
    return np.array([[row[i : i + window] for i in range(len(row) - window + 1)] for row in rows])


def incomplete_dropped__stacked_by_position(token_ids, window):
    length = token_ids.shape[1]
    return ops.stack([token_ids[:, t - window + 1 : t + 1] for t in range(window - 1, length)], axis=1)


def reversed_order__flipped_at_the_end(token_ids, window):
    return ops.flip(_windows(token_ids, window, window - 1), axis=-1)
