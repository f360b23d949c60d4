import keras
import numpy as np
from keras import ops


def _numpy(*tensors):
    return [ops.convert_to_numpy(x) for x in tensors]


def _score(e, y, a, s, f):
    """One sentence without masked places."""
    total = s[y[0]] + f[y[-1]] + sum(e[t, k] for t, k in enumerate(y))
    return total + sum(a[j, k] for j, k in zip(y[:-1], y[1:]))


def _each(one, emissions, tags, mask, transitions, starts, ends):
    """A function of one sentence, for all of them."""
    e, y, m, a, s, f = _numpy(emissions, tags, mask, transitions, starts, ends)
    e, a, s, f = (x.astype("float64") for x in (e, a, s, f))
    scores = [one(e[b], y[b], m[b].astype(bool), a, s, f) for b in range(len(e))]
    return ops.convert_to_tensor(np.array(scores), dtype="float32")


def right_1(emissions, tags, mask, transitions, starts, ends):
    """A loop over places that remembers the last real tag of each sentence."""
    tags = ops.where(mask, ops.cast(tags, "int32"), 0)
    score = ops.zeros_like(emissions[:, 0, 0])
    last = ops.zeros_like(tags[:, 0])
    begun = ops.zeros_like(mask[:, 0])
    for t in range(emissions.shape[1]):
        tag, real = tags[:, t], mask[:, t]
        emission = ops.squeeze(ops.take_along_axis(emissions[:, t], tag[:, None], axis=1), axis=1)
        pair = last * transitions.shape[0] + tag
        before = ops.where(begun, ops.take(ops.reshape(transitions, (-1,)), pair), ops.take(starts, tag))
        score = score + ops.where(real, before + emission, 0.0)
        last = ops.where(real, tag, last)
        begun = ops.logical_or(begun, real)
    return score + ops.take(ends, last)


def right_2(emissions, tags, mask, transitions, starts, ends):
    """Sentence by sentence, masked places thrown out first."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def right_3(emissions, tags, mask, transitions, starts, ends):
    """Real places are moved to the front, then all at once with one-hot tags."""
    order = ops.convert_to_tensor(np.argsort(~ops.convert_to_numpy(mask), axis=1, kind="stable"))
    emissions = ops.take_along_axis(emissions, order[:, :, None], axis=1)
    real = ops.take_along_axis(mask, order, axis=1)
    tags = ops.where(real, ops.cast(ops.take_along_axis(ops.cast(tags, "int32"), order, axis=1), "int32"), 0)
    hot = ops.one_hot(tags, transitions.shape[0], dtype=emissions.dtype)
    from_emissions = ops.sum(ops.where(real[:, :, None], emissions * hot, 0.0), axis=(1, 2))
    pairs = ops.sum(ops.matmul(hot[:, :-1], transitions) * hot[:, 1:], axis=-1)
    from_pairs = ops.sum(ops.where(real[:, 1:], pairs, 0.0), axis=1)
    size = ops.sum(ops.cast(real, "int32"), axis=1)
    last = ops.sum(hot * ops.one_hot(size - 1, mask.shape[1], dtype=emissions.dtype)[:, :, None], axis=1)
    return from_emissions + from_pairs + ops.matmul(hot[:, 0], starts) + ops.matmul(last, ends)


def right_4(emissions, tags, mask, transitions, starts, ends):
    """One walk with a state for the beginning (K) and the end (K + 1), in a larger table."""
    e, y, m, a, s, f = _numpy(emissions, tags, mask, transitions, starts, ends)
    k = len(s)
    table = np.zeros((k + 2, k + 2))
    table[:k, :k], table[k, :k], table[:k, k + 1] = a, s, f
    scores = np.zeros(len(e))
    for b, row in enumerate(e):
        state = k
        for t in np.flatnonzero(m[b]):
            scores[b] += table[state, y[b, t]] + row[t, y[b, t]]
            state = y[b, t]
        scores[b] += table[state, k + 1]
    return ops.convert_to_tensor(scores.astype("float32"))


def wrong_1(emissions, tags, mask, transitions, starts, ends):
    """The mask is ignored. Wrong on: any masked place."""

    def one(e, y, m, a, s, f):
        return _score(e, y, a, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_2(emissions, tags, mask, transitions, starts, ends):
    """Transitions between neighbours only, none across a gap. Wrong on: masked places in the middle."""
    flat = ops.take(ops.reshape(transitions, (-1,)), tags[:, :-1] * transitions.shape[0] + tags[:, 1:])
    pairs = ops.sum(ops.where(ops.logical_and(mask[:, 1:], mask[:, :-1]), flat, 0.0), axis=1)
    emitted = ops.take_along_axis(emissions, tags[:, :, None], axis=2)[:, :, 0]
    first = ops.argmax(ops.cast(mask, "int32"), axis=1)[:, None]
    last = tags.shape[1] - 1 - ops.argmax(ops.cast(ops.flip(mask, axis=1), "int32"), axis=1)[:, None]
    rim = ops.take(starts, ops.take_along_axis(tags, first, axis=1)[:, 0])
    rim = rim + ops.take(ends, ops.take_along_axis(tags, last, axis=1)[:, 0])
    return ops.sum(ops.where(mask, emitted, 0.0), axis=1) + pairs + rim


def wrong_3(emissions, tags, mask, transitions, starts, ends):
    """The beginning is scored at place 0. Wrong on: a masked first place."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f) - s[y[m][0]] + s[y[0]]

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_4(emissions, tags, mask, transitions, starts, ends):
    """The end is scored at the last place of all. Wrong on: padding behind."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f) - f[y[m][-1]] + f[y[-1]]

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_5(emissions, tags, mask, transitions, starts, ends):
    """Transitions are read from the second index to the first. Wrong on: tables that are not symmetric."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a.T, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_6(emissions, tags, mask, transitions, starts, ends):
    """The scores of ending are forgotten. Wrong on: ends other than 0."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, 0.0 * f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_7(emissions, tags, mask, transitions, starts, ends):
    """The scores of beginning are forgotten. Wrong on: starts other than 0."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, np.zeros_like(s), f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_8(emissions, tags, mask, transitions, starts, ends):
    """The mask is read as a length. Wrong on: masked places in front or in the middle."""

    def one(e, y, m, a, s, f):
        n = int(m.sum())
        return _score(e[:n], y[:n], a, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_9(emissions, tags, mask, transitions, starts, ends):
    """The transition comes from the place before, also a masked one. Wrong on: gaps, and a masked front."""

    def one(e, y, m, a, s, f):
        real = np.flatnonzero(m)
        total = s[y[real[0]]] + f[y[real[-1]]] + e[real, y[real]].sum()
        return total + sum(a[y[t - 1], y[t]] for t in real if t > 0)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_10(emissions, tags, mask, transitions, starts, ends):
    """The last tag is looked up at place n - 1. Wrong on: masked places in front or in the middle."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f) - f[y[m][-1]] + f[y[int(m.sum()) - 1]]

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_11(emissions, tags, mask, transitions, starts, ends):
    """After a gap the path begins anew with starts. Wrong on: masked places in the middle."""

    def one(e, y, m, a, s, f):
        total, before = 0.0, None
        for t in range(len(m)):
            if not m[t]:
                before = None
                continue
            total += e[t, y[t]] + (s[y[t]] if before is None else a[before, y[t]])
            before = y[t]
        return total + f[y[m][-1]]

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_12(emissions, tags, mask, transitions, starts, ends):
    """The first place has no emission, as the sums begin at 2. Wrong on: first emissions other than 0."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f) - e[m][0, y[m][0]]

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_13(emissions, tags, mask, transitions, starts, ends):
    """Scores are means over the real places. Wrong on: more than one real place."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f) / m.sum()

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_14(emissions, tags, mask, transitions, starts, ends):
    """Every piece between gaps is a path of its own. Wrong on: masked places in the middle."""

    def one(e, y, m, a, s, f):
        cuts = np.flatnonzero(np.diff(np.concatenate([[0], m.astype(int), [0]])))
        return sum(_score(e[i:j], y[i:j], a, s, f) for i, j in zip(cuts[::2], cuts[1::2]))

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_15(emissions, tags, mask, transitions, starts, ends):
    """Masked places count as places of tag 0 without emission. Wrong on: any masked place."""

    def one(e, y, m, a, s, f):
        return _score(np.where(m[:, None], e, 0.0), np.where(m, y, 0), a, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_16(emissions, tags, mask, transitions, starts, ends):
    """Emissions are made probabilities first. Wrong on: emissions that are not normalised."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f)

    return _each(one, ops.log_softmax(emissions), tags, mask, transitions, starts, ends)


def wrong_17(emissions, tags, mask, transitions, starts, ends):
    """Transitions are kept above -1,000. Wrong on: a path over a transition of -10,000."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], np.maximum(a, -1000.0), s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_18(emissions, tags, mask, transitions, starts, ends):
    """The mask of the first sentence serves for all. Wrong on: B > 1 with different masks."""
    shared = ops.broadcast_to(mask[:1], mask.shape)

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, s, f)

    return _each(one, emissions, tags, shared, transitions, starts, ends)


def wrong_19(emissions, tags, mask, transitions, starts, ends):
    """Starts and ends are mixed up. Wrong on: starts and ends that differ."""

    def one(e, y, m, a, s, f):
        return _score(e[m], y[m], a, f, s)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_20(emissions, tags, mask, transitions, starts, ends):
    """All between the first and the last real place counts. Wrong on: masked places in the middle."""

    def one(e, y, m, a, s, f):
        real = np.flatnonzero(m)
        inside = slice(real[0], real[-1] + 1)
        return _score(e[inside], y[inside], a, s, f)

    return _each(one, emissions, tags, mask, transitions, starts, ends)


def wrong_21(emissions, tags, mask, transitions, starts, ends):
    """Transitions only, emissions forgotten. Wrong on: emissions other than 0."""
    return right_1(keras.ops.zeros_like(emissions), tags, mask, transitions, starts, ends)
