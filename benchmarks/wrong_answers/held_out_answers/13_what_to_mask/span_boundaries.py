import itertools

import numpy as np
from keras import ops


def right_1(hidden):
    flags = ops.convert_to_numpy(hidden).astype(bool)
    left, right, place = (np.zeros(flags.shape, "int32") for _ in range(3))
    for b in range(flags.shape[0]):
        t = 0
        while t < flags.shape[1]:
            if not flags[b, t]:
                t += 1
                continue
            start = t
            while flags[b, t]:
                t += 1
            left[b, start:t] = start - 1
            right[b, start:t] = t
            place[b, start:t] = np.arange(1, t - start + 1)
    return {"left": left, "right": right, "place": place}


def right_2(hidden):
    flags = ops.convert_to_numpy(hidden).astype(bool)
    length = flags.shape[1]
    positions = np.broadcast_to(np.arange(length), flags.shape)
    last_seen = np.maximum.accumulate(np.where(flags, -1, positions), axis=1)
    next_seen = np.minimum.accumulate(np.where(flags, length, positions)[:, ::-1], axis=1)[:, ::-1]
    return {
        "left": np.where(flags, last_seen, 0),
        "right": np.where(flags, next_seen, 0),
        "place": np.where(flags, positions - last_seen, 0),
    }


def right_3(hidden):
    # For each pair of tokens: is s seen, and in front of (or behind) i?
    mask = ops.cast(hidden, "int32")
    length = mask.shape[1]
    positions = ops.arange(length, dtype="int32")
    i, s = positions[None, :, None], positions[None, None, :]
    seen = ops.equal(mask, 0)[:, None, :]
    left = ops.max(ops.where(ops.logical_and(seen, s <= i), s, -1), axis=2)
    right = ops.min(ops.where(ops.logical_and(seen, s >= i), s, length), axis=2)
    place = positions[None] - left
    return {"left": left * mask, "right": right * mask, "place": place * mask}


def right_4(hidden):
    result = {"left": [], "right": [], "place": []}
    for flags in np.asarray(ops.convert_to_numpy(hidden)).tolist():
        rows = {name: [] for name in result}
        position = 0
        for value, group in itertools.groupby(flags):
            size = len(list(group))
            if value:
                rows["left"] += [position - 1] * size
                rows["right"] += [position + size] * size
                rows["place"] += list(range(1, size + 1))
            else:
                for name in rows:
                    rows[name] += [0] * size
            position += size
        for name in result:
            result[name].append(rows[name])
    return {name: ops.convert_to_tensor(np.array(rows, "int32")) for name, rows in result.items()}


def _parts(hidden):
    """Flags, positions, last seen in front and next seen behind."""
    flags = ops.convert_to_numpy(hidden).astype(bool)
    length = flags.shape[1]
    t = np.broadcast_to(np.arange(length), flags.shape)
    left = np.maximum.accumulate(np.where(flags, -1, t), axis=1)
    right = np.minimum.accumulate(np.where(flags, length, t)[:, ::-1], axis=1)[:, ::-1]
    return flags, t, left, right


def _dict(flags, left, right, place):
    return {
        "left": np.where(flags, left, 0),
        "right": np.where(flags, right, 0),
        "place": np.where(flags, place, 0),
    }


def wrong_1(hidden):
    """Places count from 0. Wrong on: every hidden token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left, right, t - left - 1)


def wrong_2(hidden):
    """Left is the first token of the span, not the one in front. Wrong on: every hidden token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left + 1, right, t - left)


def wrong_3(hidden):
    """Right is the last token of the span. Wrong on: every hidden token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left, right - 1, t - left)


def wrong_4(hidden):
    """The neighbours of each token, not of its span. Wrong on: spans of more than one token."""
    flags, t, left, _ = _parts(hidden)
    return _dict(flags, t - 1, t + 1, t - left)


def wrong_5(hidden):
    """Not 0 at tokens that are seen. Wrong on: all seen tokens but the first."""
    flags, t, left, right = _parts(hidden)
    return {"left": left, "right": right, "place": t - left}


def wrong_6(hidden):
    """Places go on through all spans of a sequence. Wrong on: sequences with two spans."""
    flags, _, left, right = _parts(hidden)
    return _dict(flags, left, right, np.cumsum(flags, axis=1))


def wrong_7(hidden):
    """Places from the right end of the span. Wrong on: spans of more than one token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left, right, right - t)


def wrong_8(hidden):
    """Positions in the flat batch. Wrong on: hidden tokens of all sequences but the first."""
    shape = hidden.shape
    flags, t, left, right = _parts(ops.reshape(hidden, (1, -1)))
    return {name: value.reshape(tuple(shape)) for name, value in _dict(flags, left, right, t - left).items()}


def wrong_9(hidden):
    """One span a sequence, from the first hidden token to the last. Wrong on: sequences with two spans."""
    flags = ops.convert_to_numpy(hidden).astype(bool)
    length = flags.shape[1]
    start = flags.argmax(axis=1)[:, None]
    end = length - 1 - flags[:, ::-1].argmax(axis=1)[:, None]
    place = np.arange(length)[None] - start + 1
    return _dict(flags, np.broadcast_to(start - 1, flags.shape), np.broadcast_to(end + 1, flags.shape), place)


def wrong_10(hidden):
    """Left and right are swapped. Wrong on: every hidden token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, right, left, t - left)


def wrong_11(hidden):
    """Floats, not integers. Wrong on: everything, the result is to be integer."""
    mask = ops.cast(hidden, "float32")
    flags, t, left, right = _parts(hidden)
    return {"left": mask * left, "right": mask * right, "place": mask * (t - left)}


def wrong_12(hidden):
    """Runs of one token are no spans. Wrong on: a single hidden token between two seen ones."""
    flags, t, left, right = _parts(hidden)
    flags = flags & (right - left > 2)
    return _dict(flags, left, right, t - left)


def wrong_13(hidden):
    """Spans with one seen token between them are one. Wrong on: two spans at a distance of one token."""
    flags = ops.convert_to_numpy(hidden).astype(bool)
    bridged = flags.copy()
    bridged[:, 1:-1] |= flags[:, :-2] & flags[:, 2:]
    _, t, left, right = _parts(bridged)
    return _dict(flags, left, right, t - left)


def wrong_14(hidden):
    """Distances to the boundaries in place of their positions. Wrong on: nearly every hidden token."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, t - left, right - t, t - left)


def wrong_15(hidden):
    """The spans of the first sequence are used for all. Wrong on: batches with different spans."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left[:1], right[:1], (t - left)[:1])


def wrong_16(hidden):
    """Places end at 10, the longest span that was drawn in the paper. Wrong on: runs of more than 10
    tokens."""
    flags, t, left, right = _parts(hidden)
    return _dict(flags, left, right, np.minimum(t - left, 10))


def wrong_17(hidden):
    """-1 in place of 0 at tokens that are seen. Wrong on: every seen token."""
    flags, t, left, right = _parts(hidden)
    return {
        "left": np.where(flags, left, -1),
        "right": np.where(flags, right, -1),
        "place": np.where(flags, t - left, -1),
    }


def wrong_18(hidden):
    """Right is the token in front of the next span. Wrong on: all spans with another behind them at more than
    one token's distance."""
    flags, t, left, right = _parts(hidden)
    right = right.copy()
    for b in range(flags.shape[0]):
        starts = np.flatnonzero(flags[b] & (left[b] == t[b] - 1))
        for i in np.flatnonzero(flags[b]):
            later = starts[starts > i]
            if len(later):
                right[b, i] = later[0] - 1
    return _dict(flags, left, right, t - left)


def wrong_19(hidden):
    """The length of the span for the place in it. Wrong on: spans of more than one token."""
    flags, _, left, right = _parts(hidden)
    return _dict(flags, left, right, right - left - 1)


def wrong_20(hidden):
    """Follows at most one hidden neighbour to each side. Wrong on: spans of more than two tokens."""
    flags, t, _, _ = _parts(hidden)
    before, behind = np.roll(flags, 1, axis=1), np.roll(flags, -1, axis=1)
    left = t - 1 - before
    right = t + 1 + behind
    return _dict(flags, left, right, t - left)


def wrong_21(hidden):
    """The loop ends one token early and leaves the last span open. Wrong on: a span that ends at T - 2."""
    flags = ops.convert_to_numpy(hidden).astype(bool)
    left, right, place = (np.zeros(flags.shape, "int32") for _ in range(3))
    for b in range(flags.shape[0]):
        start = None
        for t in range(flags.shape[1] - 1):
            if flags[b, t] and start is None:
                start = t
            if not flags[b, t] and start is not None:
                left[b, start:t], right[b, start:t] = start - 1, t
                place[b, start:t] = np.arange(1, t - start + 1)
                start = None
    return {"left": left, "right": right, "place": place}


def wrong_22(hidden):
    """The number of the span for the place in it. Wrong on: nearly all spans but a first one of one token."""
    flags, t, left, right = _parts(hidden)
    number = np.cumsum(flags & (left == t - 1), axis=1)
    return _dict(flags, left, right, number)


def wrong_23(hidden):
    """Left and right end at the first span of a sequence for all its tokens. Wrong on: sequences with two."""
    flags, t, left, right = _parts(hidden)
    first = flags.argmax(axis=1)[:, None]
    left_of_first = np.take_along_axis(left, first, axis=1)
    right_of_first = np.take_along_axis(right, first, axis=1)
    return _dict(
        flags,
        np.broadcast_to(left_of_first, flags.shape),
        np.broadcast_to(right_of_first, flags.shape),
        t - left,
    )
