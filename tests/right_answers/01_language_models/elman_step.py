"""Right answers to `elman_step` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(inputs, state, kernel, recurrent_kernel, bias):
    inputs, state, kernel, recurrent_kernel, bias = map(
        np.asarray, (inputs, state, kernel, recurrent_kernel, bias)
    )
    return np.tanh(inputs @ kernel + state @ recurrent_kernel + bias)


def one_matrix(inputs, state, kernel, recurrent_kernel, bias):
    both = ops.concatenate([inputs, state], axis=1)
    weights = ops.concatenate([kernel, recurrent_kernel], axis=0)
    return ops.tanh(both @ weights + bias)


def in_loops(inputs, state, kernel, recurrent_kernel, bias):
    x, h, w, r, b = (part.numpy().tolist() for part in (inputs, state, kernel, recurrent_kernel, bias))
    result = []
    for row in range(len(x)):
        result.append([])
        for unit in range(len(b)):
            total = b[unit]
            total += sum(x[row][i] * w[i][unit] for i in range(len(w)))
            total += sum(h[row][i] * r[i][unit] for i in range(len(r)))
            result[-1].append(math.tanh(total))
    return result


def columns_for_rows(inputs, state, kernel, recurrent_kernel, bias):
    total = ops.transpose(kernel) @ ops.transpose(inputs) + ops.transpose(recurrent_kernel) @ ops.transpose(
        state
    )
    return ops.transpose(ops.tanh(total + bias[:, None]))


def by_the_sigmoid(inputs, state, kernel, recurrent_kernel, bias):
    total = ops.einsum("be,ed->bd", inputs, kernel) + ops.einsum("bd,de->be", state, recurrent_kernel) + bias
    return 2.0 * ops.sigmoid(2.0 * total) - 1.0
