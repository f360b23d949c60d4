"""Right answers to `context_windows` in other styles."""

import numpy as np
from keras import ops
from numpy.lib.stride_tricks import sliding_window_view


def in_loops(token_ids, window):
    result = []
    for row in token_ids.numpy().tolist():
        padded = [0] * (window - 1) + row
        result.append([padded[t : t + window] for t in range(len(row))])
    return result


def with_a_sliding_view(token_ids, window):
    padded = np.pad(np.asarray(token_ids), ((0, 0), (window - 1, 0)))
    return sliding_window_view(padded, window, axis=1)


def gathered(token_ids, window):
    length = token_ids.shape[1]
    places = ops.arange(length)[:, None] + ops.arange(1 - window, 1)[None, :]
    found = ops.take(token_ids, ops.maximum(places, 0), axis=1)
    return ops.where(places >= 0, found, 0)


def filled_in_place(token_ids, window):
    ids = np.array(token_ids)
    windows = np.zeros((*ids.shape, window), ids.dtype)
    for back in range(min(window, ids.shape[1])):
        windows[:, back:, window - 1 - back] = ids[:, : ids.shape[1] - back]
    return windows


def stacked_by_position(token_ids, window):
    zeros = ops.zeros((token_ids.shape[0], window - 1), dtype=token_ids.dtype)
    padded = ops.concatenate([zeros, token_ids], axis=1)
    return ops.stack([padded[:, t : t + window] for t in range(token_ids.shape[1])], axis=1)
