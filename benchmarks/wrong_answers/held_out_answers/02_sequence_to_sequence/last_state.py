import numpy as np
from keras import ops


def wrong_1(states, lengths):
    """The state at the last position, padding or not; wrong for shorter sentences."""
    return states[:, -1]


def wrong_2(states, lengths):
    """Index n, one beyond the last real token. Wrong on: a sentence shorter than S."""
    index = ops.minimum(ops.cast(lengths, "int32"), states.shape[1] - 1)
    return ops.take_along_axis(states, index[:, None, None], axis=1)[:, 0]


def wrong_3(states, lengths):
    """The mean over the real positions; wrong from two tokens on."""
    mask = ops.arange(states.shape[1])[None, :] < ops.cast(lengths, "int32")[:, None]
    mask = ops.cast(mask, states.dtype)[..., None]
    return ops.sum(states * mask, axis=1) / ops.sum(mask, axis=1)


def wrong_4(states, lengths):
    """The longest length of the batch for every row; wrong when lengths differ."""
    return states[:, int(ops.max(lengths)) - 1]


def wrong_5(states, lengths):
    """Keeps the axis of positions: shape (B, 1, D); wrong on almost any input."""
    index = ops.cast(lengths, "int32") - 1
    return ops.take_along_axis(states, index[:, None, None], axis=1)


def wrong_6(states, lengths):
    """Looks for the last state that is not all zeros; wrong where padding holds states (as it does)."""
    values = np.array(states)
    result = []
    for row in values:
        filled = np.flatnonzero(np.any(row != 0, axis=-1))
        result.append(row[filled[-1]] if len(filled) else row[0])
    return ops.convert_to_tensor(np.stack(result))


def wrong_7(states, lengths):
    """Takes all rows' indices from every row and keeps the first row's: (B, D), but of sentence 0; wrong on almost any input."""
    return ops.take(states, ops.cast(lengths, "int32") - 1, axis=1)[0]


def wrong_8(states, lengths):
    """Counts from the end: index -n; right only where 2 n is S + 1."""
    values, n = np.array(states), np.array(lengths)
    return ops.convert_to_tensor(values[np.arange(len(n)), -n])


def right_1(states, lengths):
    """NumPy fancy index."""
    n = np.asarray(lengths)
    return np.asarray(states)[np.arange(len(n)), n - 1]


def right_2(states, lengths):
    """A loop and a stack."""
    return ops.stack([states[b, int(n) - 1] for b, n in enumerate(lengths)])


def right_3(states, lengths):
    """One index into the states laid flat, in units of whole vectors."""
    rows, size, width = states.shape
    flat = ops.reshape(states, (rows * size, width))
    return ops.take(flat, ops.arange(rows, dtype="int32") * size + ops.cast(lengths, "int32") - 1, axis=0)


def right_4(states, lengths):
    """Where and a sum over the one position that is left."""
    here = ops.equal(ops.arange(states.shape[1], dtype="int32"), ops.cast(lengths, "int32")[:, None] - 1)
    return ops.sum(ops.where(here[..., None], states, 0.0), axis=1)
