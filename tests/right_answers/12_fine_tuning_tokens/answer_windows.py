"""Right answers to `answer_windows` in other styles."""

import math

import numpy as np
from keras import ops


def counted_beforehand(num_tokens, answer_start, answer_end, window, stride):
    step = window - stride
    number = 1 + max(0, math.ceil((num_tokens - window) / step))
    rows = []
    for low in range(0, number * step, step):
        high = min(low + window, num_tokens)
        inside = range(low, high)
        whole = answer_start in inside and answer_end in inside
        rows.append((low, high, answer_start - low if whole else -1, answer_end - low if whole else -1))
    return rows


def in_numpy(num_tokens, answer_start, answer_end, window, stride):
    step = window - stride
    number = max(0, -(-(num_tokens - window) // step)) + 1
    lows = np.arange(number) * step
    highs = np.minimum(lows + window, num_tokens)
    whole = (lows <= answer_start) & (answer_end < highs)
    places = np.where(whole, [answer_start - lows, answer_end - lows], -1)
    return np.stack([lows, highs, *places], axis=1)


def as_a_tensor(num_tokens, answer_start, answer_end, window, stride):
    return ops.array(counted_beforehand(num_tokens, answer_start, answer_end, window, stride), dtype="int32")


def token_by_token(num_tokens, answer_start, answer_end, window, stride):
    tokens, rows, low = list(range(num_tokens)), [], 0
    while not rows or rows[-1][1] < num_tokens:
        inside = tokens[low : low + window]
        row = [inside[0], inside[-1] + 1, -1, -1]
        if answer_start in inside and answer_end in inside:
            row[2:] = inside.index(answer_start), inside.index(answer_end)
        rows.append(row)
        low += window - stride
    return rows
