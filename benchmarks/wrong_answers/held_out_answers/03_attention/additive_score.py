import math

import numpy as np
from keras import ops


def wrong_1(query, key, query_kernel, key_kernel, scale):
    """Without the tanh; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]
    return ops.einsum("btsh,h->bts", hidden, scale)


def wrong_2(query, key, query_kernel, key_kernel, scale):
    """A tanh for each side before the sum; wrong on almost any input."""
    q, k = ops.tanh(ops.matmul(query, query_kernel)), ops.tanh(ops.matmul(key, key_kernel))
    return ops.einsum("btsh,h->bts", q[:, :, None] + k[:, None], scale)


def wrong_3(query, key, query_kernel, key_kernel, scale):
    """Sums the hidden layer without weighing it by v; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]
    return ops.sum(ops.tanh(hidden), axis=-1)


def wrong_4(query, key, query_kernel, key_kernel, scale):
    """Multiplies by v inside the tanh; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]
    return ops.sum(ops.tanh(hidden * scale), axis=-1)


def wrong_5(query, key, query_kernel, key_kernel, scale):
    """The tanh comes after the sum with v; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]
    return ops.tanh(ops.einsum("btsh,h->bts", hidden, scale))


def wrong_6(query, key, query_kernel, key_kernel, scale):
    """Returns (B, S, T); wrong on almost any input."""
    hidden = ops.matmul(key, key_kernel)[:, :, None] + ops.matmul(query, query_kernel)[:, None]
    return ops.einsum("btsh,h->bts", ops.tanh(hidden), scale)


def wrong_7(query, key, query_kernel, key_kernel, scale):
    """Swaps the two kernels; runs only if queries and keys have one width."""
    hidden = ops.matmul(query, key_kernel)[:, :, None] + ops.matmul(key, query_kernel)[:, None]
    return ops.einsum("btsh,h->bts", ops.tanh(hidden), scale)


def wrong_8(query, key, query_kernel, key_kernel, scale):
    """Multiplies the two projections instead of adding them; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] * ops.matmul(key, key_kernel)[:, None]
    return ops.einsum("btsh,h->bts", ops.tanh(hidden), scale)


def wrong_9(query, key, query_kernel, key_kernel, scale):
    """A ReLU in the place of the tanh; wrong on almost any input."""
    hidden = ops.matmul(query, query_kernel)[:, :, None] + ops.matmul(key, key_kernel)[:, None]
    return ops.einsum("btsh,h->bts", ops.relu(hidden), scale)


def right_1(query, key, query_kernel, key_kernel, scale):
    """NumPy with axes for all pairs."""
    q = np.asarray(query) @ np.asarray(query_kernel)
    k = np.asarray(key) @ np.asarray(key_kernel)
    return np.tanh(k[:, None, :, :] + q[:, :, None, :]) @ np.asarray(scale)


def right_2(query, key, query_kernel, key_kernel, scale):
    """A loop over the queries."""
    k = ops.matmul(key, key_kernel)
    columns = []
    for t in range(query.shape[1]):
        hidden = ops.tanh(k + ops.matmul(query[:, t : t + 1], query_kernel))
        columns.append(ops.sum(hidden * scale, axis=-1))
    return ops.stack(columns, axis=1)


def right_3(query, key, query_kernel, key_kernel, scale):
    """Loops in pure Python over numbers."""
    qs = (np.asarray(query) @ np.asarray(query_kernel)).tolist()
    ks = (np.asarray(key) @ np.asarray(key_kernel)).tolist()
    v = np.asarray(scale).tolist()
    result = [
        [[sum(s * math.tanh(x + y) for s, x, y in zip(v, q, k)) for k in keys] for q in queries]
        for queries, keys in zip(qs, ks)
    ]
    return ops.convert_to_tensor(result, dtype="float32")


def right_4(query, key, query_kernel, key_kernel, scale):
    """Repeated pairs side by side through one joined kernel."""
    t, s = query.shape[1], key.shape[1]
    q = ops.repeat(query[:, :, None], s, axis=2)
    k = ops.repeat(key[:, None], t, axis=1)
    joined = ops.concatenate([query_kernel, key_kernel], axis=0)
    hidden = ops.tanh(ops.matmul(ops.concatenate([q, k], axis=-1), joined))
    return ops.matmul(hidden, scale[:, None])[..., 0]
