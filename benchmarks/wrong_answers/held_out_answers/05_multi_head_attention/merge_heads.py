import numpy as np
from keras import ops


def wrong_1(heads):
    """Reshapes straight, so that positions and heads are mixed up; wrong if N > 1 and T > 1."""
    b, n, t, k = heads.shape
    return ops.reshape(heads, (b, t, n * k))


def wrong_2(heads):
    """Interleaves: entry k of all heads side by side; wrong on almost any input."""
    b, n, t, k = heads.shape
    return ops.reshape(ops.transpose(heads, (0, 2, 3, 1)), (b, t, n * k))


def wrong_3(heads):
    """Adds the heads: (B, T, K); wrong on almost any input."""
    return ops.sum(heads, axis=1)


def wrong_4(heads):
    """Swaps the axes but does not join them: (B, T, N, K); wrong on almost any input."""
    return ops.transpose(heads, (0, 2, 1, 3))


def wrong_5(heads):
    """Lays the heads behind one another in time: (B, N T, K); wrong on almost any input."""
    b, n, t, k = heads.shape
    return ops.reshape(heads, (b, n * t, k))


def wrong_6(heads):
    """Heads from last to first; wrong on almost any input."""
    return ops.concatenate([heads[:, n] for n in reversed(range(heads.shape[1]))], axis=-1)


def wrong_7(heads):
    """Transposes the axes of the batch, too: wrong when B is more than one."""
    b, n, t, k = heads.shape
    return ops.reshape(ops.transpose(heads, (2, 0, 1, 3)), (b, t, n * k))


def right_1(heads):
    """NumPy."""
    x = np.asarray(heads)
    b, n, t, k = x.shape
    return np.swapaxes(x, 1, 2).reshape(b, t, n * k)


def right_2(heads):
    """Heads side by side."""
    return ops.concatenate([heads[:, n] for n in range(heads.shape[1])], axis=2)


def right_3(heads):
    """Unstack and concatenate."""
    return ops.concatenate(ops.unstack(heads, axis=1), axis=-1)


def right_4(heads):
    """Lists in pure Python."""
    rows = []
    for sentence in np.asarray(heads).tolist():
        rows.append([sum(pieces, []) for pieces in zip(*sentence)])
    return ops.convert_to_tensor(rows, dtype="float32")
