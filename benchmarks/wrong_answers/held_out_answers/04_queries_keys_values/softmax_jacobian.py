import numpy as np
from keras import ops


def wrong_1(scores):
    """Only the diagonal w (1 - w); everything beside it is left 0; wrong on almost any input."""
    w = ops.softmax(scores, axis=-1)
    return (w * (1 - w))[:, :, None] * ops.eye(scores.shape[-1])


def wrong_2(scores):
    """Plus where minus belongs."""
    w = ops.softmax(scores, axis=-1)
    return w[:, :, None] * (ops.eye(scores.shape[-1]) + w[:, None, :])


def wrong_3(scores):
    """Leaves the delta out: minus the outer product; wrong on almost any input."""
    w = ops.softmax(scores, axis=-1)
    return -w[:, :, None] * w[:, None, :]


def wrong_4(scores):
    """Leaves the factor w_i out: delta minus w_j; wrong on almost any input."""
    w = ops.softmax(scores, axis=-1)
    return ops.eye(scores.shape[-1])[None] - ops.repeat(w[:, None, :], scores.shape[-1], axis=1)


def wrong_5(scores):
    """Only the derivatives of a weight by its own score, (B, S); wrong on almost any input."""
    w = ops.softmax(scores, axis=-1)
    return w * (1 - w)


def wrong_6(scores):
    """Takes the scores for weights already: no softmax; wrong on almost any input."""
    return scores[:, :, None] * (ops.eye(scores.shape[-1]) - scores[:, None, :])


def wrong_7(scores):
    """The softmax runs over the batch (axis 0); wrong on almost any input."""
    w = ops.softmax(scores, axis=0)
    return w[:, :, None] * (ops.eye(scores.shape[-1]) - w[:, None, :])


def wrong_8(scores):
    """The outer product is summed over the batch, so all sentences share it; wrong from B = 2 on."""
    w = ops.softmax(scores, axis=-1)
    return w[:, :, None] * ops.eye(scores.shape[-1]) - ops.einsum("bi,bj->ij", w, w)


def wrong_9(scores):
    """The derivative of the logarithm of the weights, times nothing: delta minus w_i down the columns; wrong on almost any input."""
    w = ops.softmax(scores, axis=-1)
    return ops.eye(scores.shape[-1]) - w[:, :, None]


def right_1(scores):
    """NumPy: diagonal matrices minus outer products, in a loop."""
    a = np.asarray(scores)
    w = np.exp(a - a.max(axis=1, keepdims=True))
    w = w / w.sum(axis=1, keepdims=True)
    return np.stack([np.diag(row) - np.outer(row, row) for row in w])


def right_2(scores):
    """Differences of the softmax in float64, both sides."""
    a = np.asarray(scores).astype("float64")
    step = 1e-5

    def softmax(x):
        e = np.exp(x - x.max(-1, keepdims=True))
        return e / e.sum(-1, keepdims=True)

    moved = step * np.eye(a.shape[1])
    columns = (softmax(a[:, None] + moved) - softmax(a[:, None] - moved)) / (2 * step)
    return ops.convert_to_tensor(columns.transpose(0, 2, 1).astype("float32"))


def right_3(scores):
    """Einsum, the diagonal added by a mask."""
    w = ops.softmax(scores)
    size = scores.shape[1]
    same = ops.arange(size)[:, None] == ops.arange(size)[None, :]
    outer = ops.einsum("bi,bj->bij", w, w)
    return ops.where(same, ops.expand_dims(w, 2) - outer, -outer)


def right_4(scores):
    """Loops in pure Python over entries."""
    weights = np.asarray(ops.softmax(scores, axis=-1)).tolist()
    return ops.convert_to_tensor(
        [[[x * (float(i == j) - y) for j, y in enumerate(w)] for i, x in enumerate(w)] for w in weights],
        dtype="float32",
    )
