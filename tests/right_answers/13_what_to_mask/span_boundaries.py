"""Right answers to `span_boundaries` in other styles."""

import numpy as np
from keras import ops


def by_walking(hidden):
    hidden = np.array(hidden)
    found = {key: np.zeros_like(hidden, "int64") for key in ("place", "right", "left")}
    for row, place in np.argwhere(hidden):
        left, right = place, place
        while hidden[row, left]:
            left -= 1
        while hidden[row, right]:
            right += 1
        found["left"][row, place], found["right"][row, place] = left, right
        found["place"][row, place] = place - left
    return found


def by_running_maxima(hidden):
    hidden = np.array(hidden)
    places = np.arange(hidden.shape[1])
    left = np.maximum.accumulate(np.where(hidden, 0, places), axis=1)
    far = np.where(hidden, hidden.shape[1], places)
    right = np.minimum.accumulate(far[:, ::-1], axis=1)[:, ::-1]
    return {"left": left * hidden, "right": right * hidden, "place": (places - left) * hidden}


def in_keras(hidden):
    length = hidden.shape[1]
    places = ops.arange(length, dtype="int32")
    seen = ops.logical_not(hidden)[:, None, :]  # (B, 1, S)
    before, behind = places[None, :] <= places[:, None], places[None, :] >= places[:, None]
    left = ops.max(ops.where(ops.logical_and(seen, before), places, -1), axis=-1)
    right = ops.min(ops.where(ops.logical_and(seen, behind), places, length), axis=-1)
    flags = ops.cast(hidden, "int32")
    return {"left": left * flags, "right": right * flags, "place": (places - left) * flags}


def as_lists(hidden):
    found = {"left": [], "right": [], "place": []}
    for row in np.array(hidden).tolist():
        lists = {key: [0] * len(row) for key in found}
        for place, flag in enumerate(row):
            if flag:
                new = not row[place - 1]
                lists["left"][place] = place - 1 if new else lists["left"][place - 1]
                lists["place"][place] = 1 if new else lists["place"][place - 1] + 1
                lists["right"][place] = row.index(False, place)
        for key, values in lists.items():
            found[key].append(values)
    return found
