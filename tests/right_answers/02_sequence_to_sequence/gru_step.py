"""Right answers to `gru_step` in other styles."""

import numpy as np
from keras import layers, ops


def in_numpy(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    x, h, w, u, b, keep = map(np.asarray, (inputs, hidden, kernel, recurrent_kernel, bias, mask))
    w_z, w_r, w_c = np.split(w, 3, axis=1)
    u_z, u_r, u_c = np.split(u, 3, axis=1)
    b_z, b_r, b_c = np.split(b, 3)
    z = 1 / (1 + np.exp(-(x @ w_z + h @ u_z + b_z)))
    r = 1 / (1 + np.exp(-(x @ w_r + h @ u_r + b_r)))
    c = np.tanh(x @ w_c + (r * h) @ u_c + b_c)
    return np.where(keep[:, None], z * h + (1 - z) * c, h)


def the_mask_in_the_gate(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    d = hidden.shape[-1]
    x = ops.dot(inputs, kernel) + bias
    gates = ops.sigmoid(x[:, : 2 * d] + ops.dot(hidden, recurrent_kernel[:, : 2 * d]))
    update, reset = gates[:, :d], gates[:, d:]
    update = ops.where(mask[:, None], update, 1.0)
    candidate = ops.tanh(x[:, 2 * d :] + ops.dot(reset * hidden, recurrent_kernel[:, 2 * d :]))
    return candidate + update * (hidden - candidate)


def mask_as_numbers(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    d = hidden.shape[-1]
    mask = ops.cast(mask, "float32")[:, None]
    z, r, c = (slice(i * d, (i + 1) * d) for i in range(3))
    update = ops.sigmoid(inputs @ kernel[:, z] + hidden @ recurrent_kernel[:, z] + bias[z])
    reset = ops.sigmoid(inputs @ kernel[:, r] + hidden @ recurrent_kernel[:, r] + bias[r])
    candidate = ops.tanh(inputs @ kernel[:, c] + (reset * hidden) @ recurrent_kernel[:, c] + bias[c])
    return mask * (update * hidden + (1 - update) * candidate) + (1 - mask) * hidden


def one_sentence_at_a_time(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    d, rows = hidden.shape[1], []
    for x, h, keep in zip(inputs, hidden, mask, strict=True):
        if not keep:
            rows.append(h)
            continue
        from_input = ops.reshape(ops.matmul(x[None], kernel)[0] + bias, (3, d))
        from_state = ops.reshape(ops.matmul(h[None], recurrent_kernel[:, : 2 * d])[0], (2, d))
        update, reset = ops.unstack(ops.sigmoid(from_input[:2] + from_state), 2)
        candidate = ops.tanh(from_input[2] + ops.matmul((reset * h)[None], recurrent_kernel[:, 2 * d :])[0])
        rows.append(update * h + (1 - update) * candidate)
    return rows


def the_cell_of_keras(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    cell = layers.GRUCell(hidden.shape[1], reset_after=False)
    cell.build(inputs.shape)
    cell.set_weights([kernel, recurrent_kernel, bias])
    return ops.where(mask[:, None], cell(inputs, hidden)[0], hidden)
