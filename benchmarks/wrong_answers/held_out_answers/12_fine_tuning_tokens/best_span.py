import keras
import numpy as np
from keras import ops


def _table(start_scores, end_scores):
    return start_scores[:, :, None] + end_scores[:, None, :]


def _allowed(context_mask, max_length):
    place = ops.arange(context_mask.shape[1])
    width = place[None, :] - place[:, None]
    band = ops.logical_and(width >= 0, width < max_length)
    both = ops.logical_and(context_mask[:, :, None], context_mask[:, None, :])
    return ops.logical_and(band[None], both)


def _pick(table, allowed):
    size, length = table.shape[0], table.shape[1]
    flat = ops.reshape(ops.where(allowed, table, -np.inf), (size, -1))
    best = ops.cast(ops.argmax(flat, axis=1), "int32")
    return ops.stack([best // length, best % length], axis=1)


def right_1(start_scores, end_scores, context_mask, max_length):
    """A table of all pairs, what is not allowed at minus infinity."""
    return _pick(_table(start_scores, end_scores), _allowed(context_mask, max_length))


def right_2(start_scores, end_scores, context_mask, max_length):
    """All pairs, one by one."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    result = []
    for b in range(s.shape[0]):
        places = [int(t) for t in np.flatnonzero(m[b])]
        pairs = [(i, j) for i in places for j in places if i <= j < i + max_length]
        result.append(max(pairs, key=lambda pair: float(s[b, pair[0]]) + float(e[b, pair[1]])))
    return ops.convert_to_tensor(np.array(result, dtype="int32"))


def right_3(start_scores, end_scores, context_mask, max_length):
    """Width by width: the best span of one token, of two, and so on."""
    s = ops.where(context_mask, start_scores, -np.inf)
    e = ops.where(context_mask, end_scores, -np.inf)
    length = s.shape[1]
    best = ops.full((s.shape[0],), -np.inf, dtype=s.dtype)
    first = ops.zeros((s.shape[0],), dtype="int32")
    last = ops.zeros((s.shape[0],), dtype="int32")
    for width in range(min(max_length, length)):
        sums = s[:, : length - width] + e[:, width:]
        here = ops.max(sums, axis=1)
        i = ops.cast(ops.argmax(sums, axis=1), "int32")
        better = here > best
        first = ops.where(better, i, first)
        last = ops.where(better, i + width, last)
        best = ops.maximum(best, here)
    return ops.stack([first, last], axis=1)


def right_4(start_scores, end_scores, context_mask, max_length):
    """For each end the best start in the window before it."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    s = np.where(m, s.astype("float64"), -np.inf)
    out = np.zeros((len(s), 2), dtype="int32")
    for b in range(len(s)):
        top = -np.inf
        for j in np.flatnonzero(m[b]):
            low = max(0, int(j) - max_length + 1)
            i = low + int(np.argmax(s[b, low : j + 1]))
            if s[b, i] + e[b, j] > top:
                top = s[b, i] + e[b, j]
                out[b] = i, j
    return ops.convert_to_tensor(out)


def wrong_1(start_scores, end_scores, context_mask, max_length):
    """Start and end are chosen each for itself. Wrong on: a best end before the best start, or too far."""
    i = ops.argmax(ops.where(context_mask, start_scores, -np.inf), axis=1)
    j = ops.argmax(ops.where(context_mask, end_scores, -np.inf), axis=1)
    return ops.cast(ops.stack([i, j], axis=1), "int32")


def wrong_2(start_scores, end_scores, context_mask, max_length):
    """One token too many is allowed. Wrong on: a best pair of max_length + 1 tokens."""
    return _pick(_table(start_scores, end_scores), _allowed(context_mask, max_length + 1))


def wrong_3(start_scores, end_scores, context_mask, max_length):
    """One token too few is allowed. Wrong on: a best span of max_length tokens."""
    return _pick(_table(start_scores, end_scores), _allowed(context_mask, max(1, max_length - 1)))


def wrong_4(start_scores, end_scores, context_mask, max_length):
    """Only the start must lie in the passage. Wrong on: a high end score outside."""
    everywhere = ops.ones_like(context_mask)
    allowed = ops.logical_and(_allowed(everywhere, max_length), context_mask[:, :, None])
    return _pick(_table(start_scores, end_scores), allowed)


def wrong_5(start_scores, end_scores, context_mask, max_length):
    """What is not allowed scores 0. Wrong on: allowed spans that are all negative."""
    allowed = _allowed(context_mask, max_length)
    table = ops.where(allowed, _table(start_scores, end_scores), 0.0)
    return _pick(table, ops.ones_like(allowed))


def wrong_6(start_scores, end_scores, context_mask, max_length):
    """Spans of one token are not allowed, if there are others. Wrong on: a best span with i = j."""
    allowed = _allowed(context_mask, max_length)
    place = ops.arange(context_mask.shape[1])
    strict = ops.logical_and(allowed, (place[:, None] != place[None, :])[None])
    some = ops.any(strict, axis=(1, 2), keepdims=True)
    return _pick(_table(start_scores, end_scores), ops.where(some, strict, allowed))


def wrong_7(start_scores, end_scores, context_mask, max_length):
    """max_length is ignored. Wrong on: a best pair that is too long."""
    return _pick(_table(start_scores, end_scores), _allowed(context_mask, context_mask.shape[1]))


def wrong_8(start_scores, end_scores, context_mask, max_length):
    """The mask is ignored. Wrong on: high scores outside the passage."""
    return _pick(_table(start_scores, end_scores), _allowed(ops.ones_like(context_mask), max_length))


def wrong_9(start_scores, end_scores, context_mask, max_length):
    """The best start, then the best end for it. Wrong on: a start that is best but has no good end."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    out = []
    for b in range(len(s)):
        i = int(np.argmax(np.where(m[b], s[b], -np.inf)))
        ends = np.where(m[b], e[b], -np.inf)[i : i + max_length]
        out.append([i, i + int(np.argmax(ends))])
    return ops.convert_to_tensor(np.array(out, dtype="int32"))


def wrong_10(start_scores, end_scores, context_mask, max_length):
    """The best end, then the best start for it. Wrong on: an end that is best but has no good start."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    out = []
    for b in range(len(s)):
        j = int(np.argmax(np.where(m[b], e[b], -np.inf)))
        low = max(0, j - max_length + 1)
        out.append([low + int(np.argmax(np.where(m[b], s[b], -np.inf)[low : j + 1])), j])
    return ops.convert_to_tensor(np.array(out, dtype="int32"))


def wrong_11(start_scores, end_scores, context_mask, max_length):
    """Counted from the first token of the passage. Wrong on: tokens before the passage."""
    span = right_1(start_scores, end_scores, context_mask, max_length)
    offset = ops.argmax(ops.cast(context_mask, "int32"), axis=1)
    return span - ops.cast(offset, "int32")[:, None]


def wrong_12(start_scores, end_scores, context_mask, max_length):
    """Row and column of the best pair are mixed up. Wrong on: best spans of two tokens or more."""
    return ops.flip(right_1(start_scores, end_scores, context_mask, max_length), axis=1)


def wrong_13(start_scores, end_scores, context_mask, max_length):
    """The two scores are multiplied. Wrong on: two negative scores, and unequal ones."""
    product = start_scores[:, :, None] * end_scores[:, None, :]
    return _pick(product, _allowed(context_mask, max_length))


def wrong_14(start_scores, end_scores, context_mask, max_length):
    """The end is given one place behind, not included. Wrong on: all inputs."""
    return right_1(start_scores, end_scores, context_mask, max_length) + np.array([[0, 1]], dtype="int32")


def wrong_15(start_scores, end_scores, context_mask, max_length):
    """100 is taken from what is not allowed. Wrong on: scores that differ by more than 100."""
    forbidden = ops.logical_not(_allowed(context_mask, max_length))
    table = _table(start_scores, end_scores) - 100.0 * ops.cast(forbidden, start_scores.dtype)
    return _pick(table, ops.ones_like(forbidden))


def wrong_16(start_scores, end_scores, context_mask, max_length):
    """Ends are rolled round, so an end before the start is seen. Wrong on: max_length > 1, wide passages."""
    s = ops.where(context_mask, start_scores, -np.inf)
    e = ops.where(context_mask, end_scores, -np.inf)
    length = s.shape[1]
    sums = ops.stack([s + ops.roll(e, -w, axis=1) for w in range(min(max_length, length))], axis=1)
    best = ops.cast(ops.argmax(ops.reshape(sums, (s.shape[0], -1)), axis=1), "int32")
    i = best % length
    return ops.stack([i, (i + best // length) % length], axis=1)


def wrong_17(start_scores, end_scores, context_mask, max_length):
    """The best so far begins with 0. Wrong on: spans that all score below 0."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    out = np.zeros((len(s), 2), dtype="int32")
    for b in range(len(s)):
        top = 0.0
        for i in np.flatnonzero(m[b]):
            for j in range(i, min(i + max_length, s.shape[1])):
                if m[b, j] and s[b, i] + e[b, j] > top:
                    top = s[b, i] + e[b, j]
                    out[b] = i, j
    return ops.convert_to_tensor(out)


def wrong_18(start_scores, end_scores, context_mask, max_length):
    """The distance of the two counts, in either order. Wrong on: a best pair with its end in front."""
    place = ops.arange(context_mask.shape[1])
    near = ops.abs(place[None, :] - place[:, None]) < max_length
    both = ops.logical_and(context_mask[:, :, None], context_mask[:, None, :])
    return _pick(_table(start_scores, end_scores), ops.logical_and(near[None], both))


def wrong_19(start_scores, end_scores, context_mask, max_length):
    """Only the three best starts and ends are paired. Wrong on: a best span made of lower ones."""
    s, e, m = (ops.convert_to_numpy(x) for x in (start_scores, end_scores, context_mask))
    out = []
    for b in range(len(s)):
        starts = [t for t in np.argsort(-np.where(m[b], s[b], -np.inf))[:3] if m[b, t]]
        ends = [t for t in np.argsort(-np.where(m[b], e[b], -np.inf))[:3] if m[b, t]]
        pairs = [(i, j) for i in starts for j in ends if i <= j < i + max_length]
        out.append(max(pairs or [(starts[0], starts[0])], key=lambda p: s[b, p[0]] + e[b, p[1]]))
    return ops.convert_to_tensor(np.array(out, dtype="int32"))


def wrong_20(start_scores, end_scores, context_mask, max_length):
    """Probabilities are added in place of scores. Wrong on: a sure start, which outweighs all ends."""
    s = ops.softmax(ops.where(context_mask, start_scores, -1e9))
    e = ops.softmax(ops.where(context_mask, end_scores, -1e9))
    return _pick(_table(s, e), _allowed(context_mask, max_length))


def wrong_21(start_scores, end_scores, context_mask, max_length):
    """The mask of the first text serves for all. Wrong on: B > 1 with different passages."""
    shared = ops.broadcast_to(context_mask[:1], context_mask.shape)
    return _pick(_table(start_scores, end_scores), _allowed(shared, max_length))


def wrong_22(start_scores, end_scores, context_mask, max_length):
    """One best pair for the whole batch. Wrong on: B > 1."""
    table = keras.ops.where(_allowed(context_mask, max_length), _table(start_scores, end_scores), -np.inf)
    _, i, j = np.unravel_index(int(ops.argmax(table)), tuple(table.shape))
    return ops.tile(ops.convert_to_tensor([[i, j]], dtype="int32"), (table.shape[0], 1))


def wrong_23(start_scores, end_scores, context_mask, max_length):
    """The best pair first, then shortened to max_length. Wrong on: a best pair that is too long."""
    span = right_1(start_scores, end_scores, context_mask, context_mask.shape[1])
    return ops.stack([span[:, 0], ops.minimum(span[:, 1], span[:, 0] + max_length - 1)], axis=1)
