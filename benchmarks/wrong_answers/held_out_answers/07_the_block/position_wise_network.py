import numpy as np
from keras import ops


def wrong_1(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Adds the residual path, which is no part of this; wrong on almost any input."""
    hidden = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return inputs + ops.matmul(hidden, contract_kernel) + contract_bias


def wrong_2(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """No bend between the matrices; wrong on almost any input."""
    hidden = ops.matmul(inputs, expand_kernel) + expand_bias
    return ops.matmul(hidden, contract_kernel) + contract_bias


def wrong_3(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """A second bend at the end; wrong on almost any input."""
    hidden = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.relu(ops.matmul(hidden, contract_kernel) + contract_bias)


def wrong_4(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Adds the first bias after the bend; wrong on almost any input."""
    hidden = ops.relu(ops.matmul(inputs, expand_kernel)) + expand_bias
    return ops.matmul(hidden, contract_kernel) + contract_bias


def wrong_5(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """GELU in the place of max(0, x); wrong on almost any input."""
    hidden = ops.gelu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(hidden, contract_kernel) + contract_bias


def wrong_6(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Forgets the second bias; wrong on almost any input."""
    return ops.matmul(ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias), contract_kernel)


def wrong_7(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Averages the positions first and gives all the same; wrong on almost any input."""
    pooled = ops.mean(inputs, axis=1, keepdims=True)
    hidden = ops.relu(ops.matmul(pooled, expand_kernel) + expand_bias)
    return ops.repeat(ops.matmul(hidden, contract_kernel) + contract_bias, inputs.shape[1], axis=1)


def wrong_8(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Ties the matrices: contracts by the transposed first kernel; wrong on almost any input."""
    hidden = ops.relu(ops.matmul(inputs, expand_kernel) + expand_bias)
    return ops.matmul(hidden, ops.transpose(expand_kernel)) + contract_bias


def wrong_9(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """The bend at the start: max(0, x) before the first matrix; wrong on almost any input."""
    hidden = ops.matmul(ops.relu(inputs), expand_kernel) + expand_bias
    return ops.matmul(hidden, contract_kernel) + contract_bias


def right_1(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """NumPy."""
    x, w1, b1, w2, b2 = map(np.asarray, (inputs, expand_kernel, expand_bias, contract_kernel, contract_bias))
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


def right_2(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Einsum and where."""
    hidden = ops.einsum("btd,df->btf", inputs, expand_kernel) + expand_bias
    hidden = ops.where(hidden > 0, hidden, ops.zeros_like(hidden))
    return ops.einsum("btf,fd->btd", hidden, contract_kernel) + contract_bias


def right_3(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Position by position."""
    outputs = []
    for t in range(inputs.shape[1]):
        hidden = ops.maximum(ops.matmul(inputs[:, t], expand_kernel) + expand_bias, 0.0)
        outputs.append(ops.matmul(hidden, contract_kernel) + contract_bias)
    return ops.stack(outputs, axis=1)


def right_4(inputs, expand_kernel, expand_bias, contract_kernel, contract_bias):
    """Loops in pure Python."""
    w1, b1, w2, b2 = (
        np.asarray(x).tolist() for x in (expand_kernel, expand_bias, contract_kernel, contract_bias)
    )

    def network(row):
        hidden = [max(0.0, sum(x * w1[d][f] for d, x in enumerate(row)) + b1[f]) for f in range(len(b1))]
        return [sum(h * w2[f][d] for f, h in enumerate(hidden)) + b2[d] for d in range(len(b2))]

    rows = [[network(row) for row in sentence] for sentence in np.asarray(inputs).tolist()]
    return ops.convert_to_tensor(rows, dtype="float32")
