import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401


def _grid(padding_mask):
    place = ops.arange(padding_mask.shape[1], dtype="int32")
    return place[None, :, None], place[None, None, :]


def _prefix(prefix_lengths):
    return ops.cast(prefix_lengths, "int32")[:, None, None]


def _both_real(padding_mask):
    return ops.logical_and(padding_mask[:, :, None], padding_mask[:, None, :])


def right_1(prefix_lengths, padding_mask):
    t, s = _grid(padding_mask)
    seen = ops.logical_or(s < _prefix(prefix_lengths), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def right_2(prefix_lengths, padding_mask):
    """Whoever looks reaches up to itself, or to the end of the prefix, whichever is further."""
    t, s = _grid(padding_mask)
    reach = ops.maximum(t + 1, _prefix(prefix_lengths))
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=1)[:, None, None]
    return (s < reach) & (s < lengths) & (t < lengths)


def right_3(prefix_lengths, padding_mask):
    prefixes = ops.convert_to_numpy(prefix_lengths)
    real = ops.convert_to_numpy(padding_mask).astype(bool)
    size, length = real.shape
    mask = np.zeros((size, length, length), dtype=bool)
    for b in range(size):
        n, p = int(real[b].sum()), int(prefixes[b])
        mask[b, :n, :n] = np.tri(n, dtype=bool)
        mask[b, :p, :p] = True
    return ops.convert_to_tensor(mask)


def right_4(prefix_lengths, padding_mask):
    """A block of ones for the prefix, and a triangle; added, and cut by the products of real tokens."""
    length = padding_mask.shape[1]
    real = ops.cast(padding_mask, "float32")
    triangle = ops.tril(ops.ones((length, length)))
    inside = ops.cast(ops.arange(length)[None, :] < ops.cast(prefix_lengths, "int32")[:, None], "float32")
    block = ops.einsum("bt,bs->bts", inside, inside)
    return (triangle + block) * ops.einsum("bt,bs->bts", real, real) > 0.5


def wrong_1(prefix_lengths, padding_mask):
    """Only the columns are masked. Wrong on: any padding, whose rows see the sentence."""
    t, s = _grid(padding_mask)
    seen = (s < _prefix(prefix_lengths)) | (s <= t)
    return ops.logical_and(seen, padding_mask[:, None, :])


def wrong_2(prefix_lengths, padding_mask):
    """The first token behind the prefix counts to it. Wrong on: a prefix from 1 to all but one token."""
    t, s = _grid(padding_mask)
    seen = ops.logical_or(s <= _prefix(prefix_lengths), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_3(prefix_lengths, padding_mask):
    """Tokens behind the prefix do not see themselves. Wrong on: any token behind the prefix."""
    t, s = _grid(padding_mask)
    seen = ops.logical_or(s < _prefix(prefix_lengths), s < t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_4(prefix_lengths, padding_mask):
    """Looks to the right. Wrong on: two tokens or more behind the prefix."""
    t, s = _grid(padding_mask)
    return ((s < _prefix(prefix_lengths)) | (s >= t)) & _both_real(padding_mask)


def wrong_5(prefix_lengths, padding_mask):
    """Joins both conditions by "and". Wrong on: prefixes of two or more, and tokens behind the prefix."""
    t, s = _grid(padding_mask)
    seen = ops.logical_and(s < _prefix(prefix_lengths), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_6(prefix_lengths, padding_mask):
    """One prefix for all rows, the longest. Wrong on: rows with unequal prefixes."""
    t, s = _grid(padding_mask)
    seen = ops.logical_or(s < ops.max(ops.cast(prefix_lengths, "int32")), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_7(prefix_lengths, padding_mask):
    """Rows and columns are exchanged. Wrong on: tokens behind the prefix."""
    return ops.transpose(right_1(prefix_lengths, padding_mask), (0, 2, 1))


def wrong_8(prefix_lengths, padding_mask):
    """The prefix sees everybody (the condition is on who looks). Wrong on: a prefix with tokens behind it."""
    t, s = _grid(padding_mask)
    seen = ops.logical_or(t < _prefix(prefix_lengths), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_9(prefix_lengths, padding_mask):
    """True means hidden. Wrong on: everything."""
    return ops.logical_not(right_1(prefix_lengths, padding_mask))


def wrong_10(prefix_lengths, padding_mask):
    """The prefix is read from the left, too. Wrong on: prefixes of two or more."""
    length = padding_mask.shape[1]
    triangle = ops.cast(ops.tril(ops.ones((1, length, length))), "bool")
    return ops.logical_and(triangle, _both_real(padding_mask))


def wrong_11(prefix_lengths, padding_mask):
    """What is written does not see the prefix. Wrong on: a prefix with tokens behind it."""
    t, s = _grid(padding_mask)
    p = _prefix(prefix_lengths)
    read = (t < p) & (s < p)
    written = (t >= p) & (s >= p) & (s <= t)
    return (read | written) & _both_real(padding_mask)


def wrong_12(prefix_lengths, padding_mask):
    """Padding sees itself, so that no row is empty. Wrong on: any padding."""
    itself = ops.cast(ops.eye(padding_mask.shape[1]), "bool")[None]
    return ops.logical_or(right_1(prefix_lengths, padding_mask), itself)


def wrong_13(prefix_lengths, padding_mask):
    """The prefix of the batch's first row for all. Wrong on: rows with unequal prefixes."""
    n = int(prefix_lengths[0])
    length = padding_mask.shape[1]
    mask = np.tril(np.ones((length, length), dtype=bool))
    mask[:, :n] = True
    return ops.logical_and(ops.convert_to_tensor(mask)[None], _both_real(padding_mask))


def wrong_14(prefix_lengths, padding_mask):
    """The whole sentence is seen wherever there is a prefix. Wrong on: a prefix with tokens behind it."""
    t, s = _grid(padding_mask)
    seen = ops.where(_prefix(prefix_lengths) > 0, ops.ones_like(s <= t), s <= t)
    return ops.logical_and(seen, _both_real(padding_mask))


def wrong_15(prefix_lengths, padding_mask):
    """The mask is added to scores: 0 and -1e9 in place of True and False. Wrong on: everything."""
    return ops.where(right_1(prefix_lengths, padding_mask), 0.0, -1e9)
