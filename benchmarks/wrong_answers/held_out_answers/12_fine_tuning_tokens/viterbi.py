import keras
import numpy as np
from keras import ops


def _best(e, a, s, f):
    """One sentence without masked places."""
    delta = s + e[0]
    notes = []
    for row in e[1:]:
        scores = delta[:, None] + a
        notes.append(scores.argmax(axis=0))
        delta = row + scores.max(axis=0)
    path = [int(np.argmax(delta + f))]
    for note in reversed(notes):
        path.append(int(note[path[-1]]))
    return path[::-1]


def _each(one, emissions, mask, transitions, starts, ends):
    """A function of one sentence, its path written to the real places."""
    e, m, a, s, f = (ops.convert_to_numpy(x) for x in (emissions, mask, transitions, starts, ends))
    e, a, s, f = (x.astype("float64") for x in (e, a, s, f))
    result = np.zeros(m.shape, dtype="int32")
    for b in range(len(e)):
        real = m[b].astype(bool)
        result[b, real] = one(e[b][real], a, s, f)
    return ops.convert_to_tensor(result)


def _lse(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis=axis) + np.log(np.exp(x - top).sum(axis=axis))


def right_1(emissions, mask, transitions, starts, ends):
    """Over the batch; a masked place leaves delta alone and notes each tag itself."""
    size, length, kinds = emissions.shape
    itself = ops.broadcast_to(ops.arange(kinds, dtype="int32")[None, :], (size, kinds))
    delta = ops.zeros_like(emissions[:, 0])
    begun = ops.zeros_like(mask[:, :1])
    notes = []
    for t in range(length):
        real = mask[:, t, None]
        scores = delta[:, :, None] + transitions[None]
        goes_on = ops.logical_and(real, begun)
        notes.append(ops.where(goes_on, ops.cast(ops.argmax(scores, axis=1), "int32"), itself))
        new = emissions[:, t] + ops.where(begun, ops.max(scores, axis=1), starts[None, :])
        delta = ops.where(real, new, delta)
        begun = ops.logical_or(begun, real)
    tag = ops.cast(ops.argmax(delta + ends, axis=1), "int32")
    path = []
    for t in reversed(range(length)):
        path.append(ops.where(mask[:, t], tag, 0))
        tag = ops.take_along_axis(notes[t], tag[:, None], axis=1)[:, 0]
    return ops.stack(path[::-1], axis=1)


def right_2(emissions, mask, transitions, starts, ends):
    """Sentence by sentence, masked places thrown out first."""
    return _each(_best, emissions, mask, transitions, starts, ends)


def right_3(emissions, mask, transitions, starts, ends):
    """Best scores from both sides: the tag of the best path has the best sum at each place."""

    def one(e, a, s, f):
        n = len(e)
        before, behind = np.zeros_like(e), np.zeros_like(e)
        before[0] = s + e[0]
        for t in range(1, n):
            before[t] = e[t] + (before[t - 1][:, None] + a).max(axis=0)
        behind[n - 1] = f
        for t in range(n - 2, -1, -1):
            behind[t] = (a + (e[t + 1] + behind[t + 1])[None, :]).max(axis=1)
        return (before + behind).argmax(axis=1)

    return _each(one, emissions, mask, transitions, starts, ends)


def right_4(emissions, mask, transitions, starts, ends):
    """No notes: for each tag the whole best path so far is carried along."""

    def one(e, a, s, f):
        paths = {k: (s[k] + e[0, k], (k,)) for k in range(len(s))}
        for row in e[1:]:
            paths = {
                k: max((score + a[j, k] + row[k], path + (k,)) for j, (score, path) in paths.items())
                for k in range(len(s))
            }
        return list(max((score + f[k], path) for k, (score, path) in paths.items())[1])

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_1(emissions, mask, transitions, starts, ends):
    """The best tag of each place alone. Wrong on: transitions that matter."""
    return ops.where(mask, ops.cast(ops.argmax(emissions, axis=-1), "int32"), 0)


def wrong_2(emissions, mask, transitions, starts, ends):
    """Greedy from left to right. Wrong on: a first tag that is best only at first."""

    def one(e, a, s, f):
        path = [int(np.argmax(s + e[0] + (f if len(e) == 1 else 0.0)))]
        for t in range(1, len(e)):
            path.append(int(np.argmax(a[path[-1]] + e[t] + (f if t == len(e) - 1 else 0.0))))
        return path

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_3(emissions, mask, transitions, starts, ends):
    """Transitions the other way round. Wrong on: tables that are not symmetric."""
    return _each(_best, emissions, mask, ops.transpose(transitions), starts, ends)


def wrong_4(emissions, mask, transitions, starts, ends):
    """Masked places repeat the tag before instead of 0. Wrong on: masked places behind a tag not 0."""
    path = ops.convert_to_numpy(_each(_best, emissions, mask, transitions, starts, ends)).copy()
    m = ops.convert_to_numpy(mask)
    for t in range(1, path.shape[1]):
        path[:, t] = np.where(m[:, t], path[:, t], path[:, t - 1])
    return ops.convert_to_tensor(path)


def wrong_5(emissions, mask, transitions, starts, ends):
    """The scores of ending are forgotten. Wrong on: ends that decide."""
    return _each(_best, emissions, mask, transitions, starts, ops.zeros_like(ends))


def wrong_6(emissions, mask, transitions, starts, ends):
    """The scores of beginning are forgotten. Wrong on: starts that decide."""
    return _each(_best, emissions, mask, transitions, ops.zeros_like(starts), ends)


def wrong_7(emissions, mask, transitions, starts, ends):
    """The mask is read as a length. Wrong on: masked places in front or in the middle."""
    size = ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True)
    front = ops.arange(mask.shape[1], dtype="int32")[None, :] < size
    return ops.where(mask, _each(_best, emissions, front, transitions, starts, ends), 0)


def wrong_8(emissions, mask, transitions, starts, ends):
    """The mask plays a part only in writing zeros. Wrong on: masked places."""
    path = _each(_best, emissions, ops.ones_like(mask), transitions, starts, ends)
    return path * ops.cast(mask, path.dtype)


def wrong_9(emissions, mask, transitions, starts, ends):
    """Masked emissions are zeroed, but tags still stand there. Wrong on: masked places."""
    kept = ops.where(mask[:, :, None], emissions, 0.0)
    path = _each(_best, kept, ops.ones_like(mask), transitions, starts, ends)
    return ops.where(mask, path, 0)


def wrong_10(emissions, mask, transitions, starts, ends):
    """The most probable tag of each place, over all paths. Wrong on: many middling paths through one tag."""

    def one(e, a, s, f):
        n = len(e)
        alpha, beta = np.zeros_like(e), np.zeros_like(e)
        alpha[0] = s + e[0]
        for t in range(1, n):
            alpha[t] = e[t] + _lse(alpha[t - 1][:, None] + a, 0)
        beta[n - 1] = f
        for t in range(n - 2, -1, -1):
            beta[t] = _lse(a + (e[t + 1] + beta[t + 1])[None, :], 1)
        return (alpha + beta).argmax(axis=1)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_11(emissions, mask, transitions, starts, ends):
    """The path comes out backwards. Wrong on: paths that are not palindromes."""

    def one(e, a, s, f):
        return _best(e, a, s, f)[::-1]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_12(emissions, mask, transitions, starts, ends):
    """The best delta of each place, nothing is followed back. Wrong on: places whose best is no way on."""

    def one(e, a, s, f):
        delta = s + e[0]
        deltas = [delta]
        for row in e[1:]:
            delta = row + (delta[:, None] + a).max(axis=0)
            deltas.append(delta)
        deltas[-1] = deltas[-1] + f
        return [int(np.argmax(d)) for d in deltas]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_13(emissions, mask, transitions, starts, ends):
    """Place 0 begins the path even where it is masked. Wrong on: a masked first place."""
    real = np.array(ops.convert_to_numpy(mask), dtype=bool)
    real[:, 0] = True
    path = _each(_best, emissions, ops.convert_to_tensor(real), transitions, starts, ends)
    return ops.where(mask, path, 0)


def wrong_14(emissions, mask, transitions, starts, ends):
    """Pieces between gaps are decoded one by one. Wrong on: masked places in the middle."""
    e, m, a, s, f = (ops.convert_to_numpy(x) for x in (emissions, mask, transitions, starts, ends))
    result = np.zeros(m.shape, dtype="int32")
    for b in range(len(e)):
        cuts = np.flatnonzero(np.diff(np.concatenate([[0], m[b].astype(int), [0]])))
        for i, j in zip(cuts[::2], cuts[1::2]):
            result[b, i:j] = _best(e[b, i:j], a, s, f)
    return ops.convert_to_tensor(result)


def wrong_15(emissions, mask, transitions, starts, ends):
    """Masked places get -1. Wrong on: any masked place."""
    return ops.where(mask, _each(_best, emissions, mask, transitions, starts, ends), -1)


def wrong_16(emissions, mask, transitions, starts, ends):
    """Notes are kept at masked places, too, and followed there. Wrong on: masked places."""
    size, length, kinds = emissions.shape
    delta = ops.where(mask[:, :1], starts[None, :] + emissions[:, 0], 0.0)
    begun = mask[:, :1]
    notes = []
    for t in range(1, length):
        scores = delta[:, :, None] + transitions[None]
        notes.append(ops.cast(ops.argmax(scores, axis=1), "int32"))
        new = emissions[:, t] + ops.where(begun, ops.max(scores, axis=1), starts[None, :])
        delta = ops.where(mask[:, t, None], new, delta)
        begun = ops.logical_or(begun, mask[:, t, None])
    tag = ops.cast(ops.argmax(delta + ends, axis=1), "int32")
    path = [tag]
    for note in notes[::-1]:
        tag = ops.take_along_axis(note, tag[:, None], axis=1)[:, 0]
        path.insert(0, tag)
    return ops.where(mask, ops.stack(path, axis=1), 0)


def wrong_17(emissions, mask, transitions, starts, ends):
    """Only the two best tags are kept at each place. Wrong on: K > 2 with a late winner."""

    def one(e, a, s, f):
        beams = sorted(((s[k] + e[0, k], [k]) for k in range(len(s))), reverse=True)[:2]
        for row in e[1:]:
            wide = {}
            for score, path in beams:
                for k in range(len(s)):
                    new = score + a[path[-1], k] + row[k]
                    if k not in wide or new > wide[k][0]:
                        wide[k] = (new, path + [k])
            beams = sorted(wide.values(), reverse=True)[:2]
        return max((score + f[path[-1]], path) for score, path in beams)[1]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_18(emissions, mask, transitions, starts, ends):
    """The best tag after, not before, is noted. Wrong on: two real places or more."""

    def one(e, a, s, f):
        delta = s + e[0]
        notes = []
        for row in e[1:]:
            scores = delta[:, None] + a
            notes.append(scores.argmax(axis=1))
            delta = row + scores.max(axis=0)
        path = [int(np.argmax(delta + f))]
        for note in reversed(notes):
            path.append(int(note[path[-1]]))
        return path[::-1]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_19(emissions, mask, transitions, starts, ends):
    """Notes are read one place off: the earliest one first. Wrong on: three real places or more."""

    def one(e, a, s, f):
        delta = s + e[0]
        notes = []
        for row in e[1:]:
            scores = delta[:, None] + a
            notes.append(scores.argmax(axis=0))
            delta = row + scores.max(axis=0)
        path = [int(np.argmax(delta + f))]
        for note in notes:
            path.append(int(note[path[-1]]))
        return path[::-1]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_20(emissions, mask, transitions, starts, ends):
    """The best last tag is that of the first sentence. Wrong on: B > 1."""
    last = _each(_best, emissions, mask, transitions, starts, ends)
    forced = int(last[0, int(np.flatnonzero(ops.convert_to_numpy(mask)[0])[-1])])
    only = ops.where(ops.arange(ends.shape[0]) == forced, 0.0, -1e6)
    return _each(_best, emissions, mask, transitions, starts, only)


def wrong_21(emissions, mask, transitions, starts, ends):
    """Illegal transitions are only made dear, -5 at the least. Wrong on: emissions worth more than that."""
    return _each(_best, emissions, mask, ops.maximum(transitions, -5.0), starts, ends)


def wrong_22(emissions, mask, transitions, starts, ends):
    """Tags as floats. Wrong on: all inputs (integers are wanted)."""
    return keras.ops.cast(_each(_best, emissions, mask, transitions, starts, ends), "float32")


def wrong_23(emissions, mask, transitions, starts, ends):
    """The path is pushed to the front, gaps closed. Wrong on: masked places in front or in the middle."""
    path = ops.convert_to_numpy(_each(_best, emissions, mask, transitions, starts, ends))
    m = ops.convert_to_numpy(mask).astype(bool)
    result = np.zeros_like(path)
    for b in range(len(m)):
        result[b, : m[b].sum()] = path[b][m[b]]
    return ops.convert_to_tensor(result)
