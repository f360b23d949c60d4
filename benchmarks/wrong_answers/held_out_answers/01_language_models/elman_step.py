import math

import numpy as np
from keras import ops


def wrong_1(inputs, state, kernel, recurrent_kernel, bias):
    """Without the tanh; wrong on almost any input."""
    return ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias


def wrong_2(inputs, state, kernel, recurrent_kernel, bias):
    """Forgets the bias; wrong where it is not zero."""
    return ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel))


def wrong_3(inputs, state, kernel, recurrent_kernel, bias):
    """Multiplies by the transposed recurrent kernel; wrong on almost any input."""
    return ops.tanh(ops.matmul(inputs, kernel) + ops.einsum("bd,ed->be", state, recurrent_kernel) + bias)


def wrong_4(inputs, state, kernel, recurrent_kernel, bias):
    """Adds the bias outside the tanh; wrong on almost any input."""
    return ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel)) + bias


def wrong_5(inputs, state, kernel, recurrent_kernel, bias):
    """A tanh for each of the two parts; wrong on almost any input."""
    return ops.tanh(ops.matmul(inputs, kernel)) + ops.tanh(ops.matmul(state, recurrent_kernel) + bias)


def wrong_6(inputs, state, kernel, recurrent_kernel, bias):
    """A sigmoid in the place of the tanh; wrong on almost any input."""
    return ops.sigmoid(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)


def wrong_7(inputs, state, kernel, recurrent_kernel, bias):
    """Ignores the state; wrong on almost any input."""
    return ops.tanh(ops.matmul(inputs, kernel) + bias)


def wrong_8(inputs, state, kernel, recurrent_kernel, bias):
    """Adds the old state once more, as a residual path would; wrong on almost any input."""
    return state + ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)


def right_1(inputs, state, kernel, recurrent_kernel, bias):
    """One product of the two side by side."""
    both = ops.concatenate([inputs, state], axis=-1)
    return ops.tanh(ops.matmul(both, ops.concatenate([kernel, recurrent_kernel], axis=0)) + bias)


def right_2(inputs, state, kernel, recurrent_kernel, bias):
    """NumPy throughout."""
    x, h, w, r, b = (np.asarray(a) for a in (inputs, state, kernel, recurrent_kernel, bias))
    return np.tanh(x @ w + h @ r + b)


def right_3(inputs, state, kernel, recurrent_kernel, bias):
    """Loops in pure Python."""
    x, h, w, r, b = (np.asarray(a).tolist() for a in (inputs, state, kernel, recurrent_kernel, bias))
    rows = []
    for xs, hs in zip(x, h):
        row = []
        for d in range(len(b)):
            total = (
                b[d] + sum(v * w[i][d] for i, v in enumerate(xs)) + sum(v * r[j][d] for j, v in enumerate(hs))
            )
            row.append(math.tanh(total))
        rows.append(row)
    return ops.convert_to_tensor(rows, dtype="float32")


def right_4(inputs, state, kernel, recurrent_kernel, bias):
    """Tanh by way of a sigmoid, einsum for products."""
    total = ops.einsum("be,ed->bd", inputs, kernel) + ops.einsum("bd,df->bf", state, recurrent_kernel) + bias
    return 2.0 * ops.sigmoid(2.0 * total) - 1.0
