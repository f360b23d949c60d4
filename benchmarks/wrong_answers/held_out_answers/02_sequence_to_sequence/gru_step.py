import numpy as np
from keras import ops


def wrong_1(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Resets after the product with U, as Keras does by default; wrong on almost any input."""
    x = ops.split(ops.matmul(inputs, kernel) + bias, 3, axis=-1)
    h = ops.split(ops.matmul(hidden, recurrent_kernel), 3, axis=-1)
    z, r = ops.sigmoid(x[0] + h[0]), ops.sigmoid(x[1] + h[1])
    new = z * hidden + (1 - z) * ops.tanh(x[2] + r * h[2])
    return ops.where(mask[:, None], new, hidden)


def wrong_2(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Swaps the shares of old state and candidate; wrong on almost any input."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    z = ops.sigmoid(x[:, :d] + ops.matmul(hidden, recurrent_kernel[:, :d]))
    r = ops.sigmoid(x[:, d : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, d : 2 * d]))
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return ops.where(mask[:, None], (1 - z) * hidden + z * c, hidden)


def wrong_3(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Reads the blocks in the order reset, update, candidate; wrong on almost any input."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    r = ops.sigmoid(x[:, :d] + ops.matmul(hidden, recurrent_kernel[:, :d]))
    z = ops.sigmoid(x[:, d : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, d : 2 * d]))
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return ops.where(mask[:, None], z * hidden + (1 - z) * c, hidden)


def wrong_4(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Ignores the mask; wrong where a token is padding."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    gates = ops.sigmoid(x[:, : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, : 2 * d]))
    z, r = gates[:, :d], gates[:, d:]
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return z * hidden + (1 - z) * c


def wrong_5(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Sets the state to zero at padding instead of keeping it; wrong on almost any input."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    gates = ops.sigmoid(x[:, : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, : 2 * d]))
    z, r = gates[:, :d], gates[:, d:]
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return ops.where(mask[:, None], z * hidden + (1 - z) * c, ops.zeros_like(hidden))


def wrong_6(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Sets only the inputs of padding to zero, so the state moves on there; wrong on almost any input."""
    inputs = ops.where(mask[:, None], inputs, 0.0)
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    gates = ops.sigmoid(x[:, : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, : 2 * d]))
    z, r = gates[:, :d], gates[:, d:]
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return z * hidden + (1 - z) * c


def wrong_7(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """The candidate sees the whole old state: the reset gate is computed and not used; wrong on almost any input."""
    x = ops.split(ops.matmul(inputs, kernel) + ops.matmul(hidden, recurrent_kernel) + bias, 3, axis=-1)
    z = ops.sigmoid(x[0])
    return ops.where(mask[:, None], z * hidden + (1 - z) * ops.tanh(x[2]), hidden)


def wrong_8(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """The bias of the candidate is forgotten; wrong on almost any input."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel)
    gates = x[:, : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, : 2 * d]) + bias[: 2 * d]
    z, r = ops.sigmoid(gates[:, :d]), ops.sigmoid(gates[:, d:])
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return ops.where(mask[:, None], z * hidden + (1 - z) * c, hidden)


def wrong_9(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Keeps the state where the mask is True and steps at padding."""
    d = hidden.shape[-1]
    x = ops.matmul(inputs, kernel) + bias
    gates = ops.sigmoid(x[:, : 2 * d] + ops.matmul(hidden, recurrent_kernel[:, : 2 * d]))
    z, r = gates[:, :d], gates[:, d:]
    c = ops.tanh(x[:, 2 * d :] + ops.matmul(r * hidden, recurrent_kernel[:, 2 * d :]))
    return ops.where(mask[:, None], hidden, z * hidden + (1 - z) * c)


def right_1(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """NumPy with split blocks."""
    x, h, m = np.asarray(inputs), np.asarray(hidden), np.asarray(mask)
    wz, wr, wc = np.split(np.asarray(kernel), 3, axis=1)
    uz, ur, uc = np.split(np.asarray(recurrent_kernel), 3, axis=1)
    bz, br, bc = np.split(np.asarray(bias), 3)
    z = 1 / (1 + np.exp(-(x @ wz + h @ uz + bz)))
    r = 1 / (1 + np.exp(-(x @ wr + h @ ur + br)))
    c = np.tanh(x @ wc + (r * h) @ uc + bc)
    new = h.copy()
    new[m] = (z * h + (1 - z) * c)[m]
    return new


def right_2(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Keras ops; the step as a difference c + z (h - c)."""
    width = hidden.shape[1]
    uz, ur, uc = (recurrent_kernel[:, i * width : (i + 1) * width] for i in range(3))
    az, ar, ac = ops.split(ops.einsum("be,ed->bd", inputs, kernel) + bias, 3, axis=1)
    keep = ops.sigmoid(az + hidden @ uz)
    candidate = ops.tanh(ac + (ops.sigmoid(ar + hidden @ ur) * hidden) @ uc)
    return ops.where(ops.expand_dims(mask, 1), candidate + keep * (hidden - candidate), hidden)


def right_3(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """One sentence after the other; sigmoid by way of tanh."""
    d = hidden.shape[-1]
    rows = []
    for b, real in enumerate(np.asarray(mask).tolist()):
        if not real:
            rows.append(hidden[b])
            continue
        x, h = inputs[b][None], hidden[b][None]
        total = ops.matmul(x, kernel) + bias[None]
        gates = total[:, : 2 * d] + ops.matmul(h, recurrent_kernel[:, : 2 * d])
        gates = 0.5 + 0.5 * ops.tanh(gates / 2)
        z, r = gates[:, :d], gates[:, d:]
        c = ops.tanh(total[:, 2 * d :] + ops.matmul(r * h, recurrent_kernel[:, 2 * d :]))
        rows.append((z * h + c - z * c)[0])
    return ops.stack(rows, axis=0)
