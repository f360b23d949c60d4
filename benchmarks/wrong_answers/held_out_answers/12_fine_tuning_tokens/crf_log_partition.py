import keras
import numpy as np
from keras import ops


def _lse(x, axis):
    top = np.max(x, axis=axis, keepdims=True)
    return np.squeeze(top, axis=axis) + np.log(np.sum(np.exp(x - top), axis=axis))


def _forward(e, a, s, f):
    """One sentence without masked places, double precision."""
    alpha = s + e[0]
    for row in e[1:]:
        alpha = row + _lse(alpha[:, None] + a, 0)
    return _lse(alpha + f, 0)


def _each(one, emissions, mask, transitions, starts, ends):
    e, m, a, s, f = (ops.convert_to_numpy(x) for x in (emissions, mask, transitions, starts, ends))
    e, a, s, f = (x.astype("float64") for x in (e, a, s, f))
    with np.errstate(all="ignore"):
        values = [one(e[b], m[b].astype(bool), a, s, f) for b in range(len(e))]
        return ops.convert_to_tensor(np.array(values).astype("float32"))


def _batched(emissions, mask, transitions, starts, ends, step):
    """The forward algorithm over a batch, with a step of one's own."""
    alpha = starts[None, :] + emissions[:, 0]
    begun = mask[:, 0]
    for t in range(1, emissions.shape[1]):
        e = emissions[:, t]
        new = ops.where(begun[:, None], step(alpha, e, transitions), starts[None, :] + e)
        alpha = ops.where(mask[:, t, None], new, alpha)
        begun = ops.logical_or(begun, mask[:, t])
    return alpha


def right_1(emissions, mask, transitions, starts, ends):
    """The forward algorithm; masked places leave alpha alone, the first real one begins it."""
    alpha = ops.zeros_like(emissions[:, 0])
    begun = ops.zeros_like(mask[:, :1])
    for t in range(emissions.shape[1]):
        reached = ops.logsumexp(alpha[:, :, None] + transitions[None], axis=1)
        new = ops.where(begun, reached, starts[None, :]) + emissions[:, t]
        real = mask[:, t, None]
        alpha = ops.where(real, new, alpha)
        begun = ops.logical_or(begun, real)
    return ops.logsumexp(alpha + ends, axis=1)


def right_2(emissions, mask, transitions, starts, ends):
    """Sentence by sentence, masked places thrown out first."""

    def one(e, m, a, s, f):
        return _forward(e[m], a, s, f)

    return _each(one, emissions, mask, transitions, starts, ends)


def right_3(emissions, mask, transitions, starts, ends):
    """The backward algorithm, from the last real place to the first."""
    beta = ops.broadcast_to(ends[None, :], emissions[:, 0].shape)
    later = ops.zeros_like(emissions[:, 0])
    ended = ops.zeros_like(mask[:, :1])
    for t in reversed(range(emissions.shape[1])):
        real = mask[:, t, None]
        back = ops.logsumexp(transitions[None] + later[:, None, :], axis=2)
        beta = ops.where(real, ops.where(ended, back, ends[None, :]), beta)
        later = ops.where(real, beta + emissions[:, t], later)
        ended = ops.logical_or(ended, real)
    return ops.logsumexp(later + starts, axis=1)


def right_4(emissions, mask, transitions, starts, ends):
    """A product of matrices with logsumexp for the sum, halved again and again."""

    def times(x, y):
        return _lse(x[:, :, None] + y[None, :, :], 1)

    def product(matrices):
        if len(matrices) == 1:
            return matrices[0]
        half = len(matrices) // 2
        return times(product(matrices[:half]), product(matrices[half:]))

    def one(e, m, a, s, f):
        rows = e[m]
        chain = [(s + rows[0])[None, :]] + [a + row[None, :] for row in rows[1:]] + [f[:, None]]
        return product(chain)[0, 0]

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_1(emissions, mask, transitions, starts, ends):
    """exp and log by hand without a shift. Wrong on: scores beyond 88."""

    def step(alpha, e, a):
        return e + ops.log(ops.sum(ops.exp(alpha[:, :, None] + a[None]), axis=1))

    alpha = _batched(emissions, mask, transitions, starts, ends, step)
    return ops.log(ops.sum(ops.exp(alpha + ends), axis=1))


def wrong_2(emissions, mask, transitions, starts, ends):
    """A maximum for the sum, the score of the best path. Wrong on: other paths near the best."""

    def step(alpha, e, a):
        return e + ops.max(alpha[:, :, None] + a[None], axis=1)

    return ops.max(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_3(emissions, mask, transitions, starts, ends):
    """Transitions the other way round. Wrong on: tables that are not symmetric."""

    def one(e, m, a, s, f):
        return _forward(e[m], a.T, s, f)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_4(emissions, mask, transitions, starts, ends):
    """The mask is ignored. Wrong on: any masked place."""

    def one(e, m, a, s, f):
        return _forward(e, a, s, f)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_5(emissions, mask, transitions, starts, ends):
    """Place 0 always begins the path. Wrong on: a masked first place."""
    alpha = starts[None, :] + emissions[:, 0]
    for t in range(1, emissions.shape[1]):
        new = emissions[:, t] + ops.logsumexp(alpha[:, :, None] + transitions[None], axis=1)
        alpha = ops.where(mask[:, t, None], new, alpha)
    return ops.logsumexp(alpha + ends, axis=1)


def wrong_6(emissions, mask, transitions, starts, ends):
    """The mask is read as a length. Wrong on: masked places in front or in the middle."""

    def one(e, m, a, s, f):
        return _forward(e[: int(m.sum())], a, s, f)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_7(emissions, mask, transitions, starts, ends):
    """The scores of ending are forgotten. Wrong on: ends other than 0."""

    def one(e, m, a, s, f):
        return _forward(e[m], a, s, np.zeros_like(f))

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_8(emissions, mask, transitions, starts, ends):
    """The scores of beginning are forgotten. Wrong on: starts other than 0."""

    def one(e, m, a, s, f):
        return _forward(e[m], a, np.zeros_like(s), f)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_9(emissions, mask, transitions, starts, ends):
    """The first real place has no emission. Wrong on: first emissions other than 0."""

    def one(e, m, a, s, f):
        rows = e[m].copy()
        rows[0] = 0.0
        return _forward(rows, a, s, f)

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_10(emissions, mask, transitions, starts, ends):
    """Masked emissions are zeroed, the transitions still made. Wrong on: any masked place."""
    kept = ops.where(mask[:, :, None], emissions, 0.0)
    alpha = starts + kept[:, 0]
    for t in range(1, kept.shape[1]):
        alpha = kept[:, t] + ops.logsumexp(alpha[:, :, None] + transitions[None], axis=1)
    return ops.logsumexp(alpha + ends, axis=1)


def wrong_11(emissions, mask, transitions, starts, ends):
    """alpha is normalised at every step, what was taken away is lost. Wrong on: two real places or more."""

    def step(alpha, e, a):
        new = e + ops.logsumexp(alpha[:, :, None] + a[None], axis=1)
        return new - ops.logsumexp(new, axis=1, keepdims=True)

    return ops.logsumexp(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_12(emissions, mask, transitions, starts, ends):
    """One shift for the whole batch. Wrong on: a sentence whose scores lie 100 below another's."""

    def step(alpha, e, a):
        top = ops.max(alpha)
        return e + top + ops.log(ops.sum(ops.exp(alpha[:, :, None] - top + a[None]), axis=1))

    return ops.logsumexp(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_13(emissions, mask, transitions, starts, ends):
    """exp of transitions alone, which is 0 at -10,000. Wrong on: a tag that -10,000 alone leads to."""

    def step(alpha, e, a):
        top = ops.max(alpha, axis=1, keepdims=True)
        return e + top + ops.log(ops.matmul(ops.exp(alpha - top), ops.exp(a)) + 1e-30)

    return ops.logsumexp(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_14(emissions, mask, transitions, starts, ends):
    """Overflow is avoided by cutting scores off at 80. Wrong on: larger scores."""

    def step(alpha, e, a):
        scores = ops.clip(alpha[:, :, None] + a[None], -80.0, 80.0)
        return e + ops.log(ops.sum(ops.exp(scores), axis=1))

    alpha = _batched(emissions, mask, transitions, starts, ends, step)
    return ops.logsumexp(alpha + ends, axis=1)


def wrong_15(emissions, mask, transitions, starts, ends):
    """Places are taken one by one, as with a softmax: no transitions. Wrong on: transitions other than 0."""
    each = ops.logsumexp(emissions, axis=-1)
    inner = ops.sum(ops.where(mask, each, 0.0), axis=1)

    def rim(e, m, a, s, f):
        return _forward(e[m], 0.0 * a, s, f) - _forward(e[m], 0.0 * a, 0.0 * s, 0.0 * f)

    return inner + _each(rim, emissions, mask, transitions, starts, ends)


def wrong_16(emissions, mask, transitions, starts, ends):
    """Each piece between gaps is a sentence of its own. Wrong on: masked places in the middle."""

    def one(e, m, a, s, f):
        cuts = np.flatnonzero(np.diff(np.concatenate([[0], m.astype(int), [0]])))
        return sum(_forward(e[i:j], a, s, f) for i, j in zip(cuts[::2], cuts[1::2]))

    return _each(one, emissions, mask, transitions, starts, ends)


def wrong_17(emissions, mask, transitions, starts, ends):
    """The mask of the first sentence serves for all. Wrong on: B > 1 with different masks."""
    keep = np.flatnonzero(ops.convert_to_numpy(mask)[0])
    rows = ops.take(emissions, keep, axis=1)
    alpha = starts + rows[:, 0]
    for t in range(1, len(keep)):
        alpha = rows[:, t] + ops.logsumexp(alpha[:, :, None] + transitions[None], axis=1)
    return ops.logsumexp(alpha + ends, axis=1)


def wrong_18(emissions, mask, transitions, starts, ends):
    """The emission stands at the tag before. Wrong on: two real places or more."""

    def step(alpha, e, a):
        return ops.logsumexp(alpha[:, :, None] + a[None] + e[:, :, None], axis=1)

    return ops.logsumexp(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_19(emissions, mask, transitions, starts, ends):
    """-10,000 is read as impossible. Wrong on: sentences all of whose paths need such a transition."""
    forbidden = ops.where(transitions <= -10000.0, -1e9, transitions)
    return right_1(emissions, mask, forbidden, starts, ends)


def wrong_20(emissions, mask, transitions, starts, ends):
    """The sum runs over the tags reached, not over those before. Wrong on: two real places or more."""

    def step(alpha, e, a):
        return e + ops.logsumexp(alpha[:, :, None] + a[None], axis=2)

    return ops.logsumexp(_batched(emissions, mask, transitions, starts, ends, step) + ends, axis=1)


def wrong_21(emissions, mask, transitions, starts, ends):
    """Masked places are as good for any tag: -1e4 for emissions but tag 0. Wrong on: any masked place."""
    away = ops.concatenate([ops.zeros((1,)), -1e4 * ops.ones((starts.shape[0] - 1,))], axis=0)
    kept = ops.where(mask[:, :, None], emissions, away)
    everywhere = keras.ops.ones_like(mask)
    return right_1(kept, everywhere, transitions, starts, ends)


def wrong_22(emissions, mask, transitions, starts, ends):
    """The shift is taken away and added back only at the end, once. Wrong on: three real places or more."""

    def one(e, m, a, s, f):
        rows = e[m]
        top = rows.max()
        return _forward(rows - top, a, s, f) + top * min(len(rows), 2)

    return _each(one, emissions, mask, transitions, starts, ends)
