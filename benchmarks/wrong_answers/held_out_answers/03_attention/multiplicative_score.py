import numpy as np
from keras import ops


def wrong_1(query, key, kernel):
    """Uses the matrix the other way round, W k . q with W transposed; runs only if the widths are equal."""
    return ops.einsum("btd,ed,bse->bts", query, kernel, key)


def wrong_2(query, key, kernel):
    """Ignores the matrix; runs only if the widths are equal."""
    return ops.einsum("btd,bsd->bts", query, key)


def wrong_3(query, key, kernel):
    """Scales by the root of the width, which is not asked; wrong on almost any input."""
    return ops.einsum("btd,de,bse->bts", query, kernel, key) / key.shape[-1] ** 0.5


def wrong_4(query, key, kernel):
    """Returns (B, S, T), keys in rows; wrong on almost any input."""
    return ops.einsum("btd,de,bse->bst", query, kernel, key)


def wrong_5(query, key, kernel):
    """A tanh around the projected query; wrong on almost any input."""
    return ops.einsum("bte,bse->bts", ops.tanh(ops.matmul(query, kernel)), key)


def wrong_6(query, key, kernel):
    """Applies the softmax, which comes later; wrong on almost any input."""
    return ops.softmax(ops.einsum("btd,de,bse->bts", query, kernel, key), axis=-1)


def wrong_7(query, key, kernel):
    """Pairs query t with key t alone and repeats the score; fails when T and S differ."""
    scores = ops.sum(ops.matmul(query, kernel) * key, axis=-1)
    return ops.repeat(scores[:, :, None], key.shape[1], axis=2)


def wrong_8(query, key, kernel):
    """Uses only the diagonal of the matrix, as if it weighed the entries one by one; wrong on almost any input."""
    weights = ops.diagonal(kernel)
    width = weights.shape[0]
    return ops.einsum("btd,d,bsd->bts", query[..., :width], weights, key[..., :width])


def right_1(query, key, kernel):
    """NumPy, query projected."""
    q, k, w = np.asarray(query), np.asarray(key), np.asarray(kernel)
    return q @ w @ np.swapaxes(k, 1, 2)


def right_2(query, key, kernel):
    """Key projected first."""
    return ops.matmul(query, ops.matmul(kernel, ops.transpose(key, (0, 2, 1))))


def right_3(query, key, kernel):
    """A loop over sentences, stacked."""
    return ops.stack([q @ kernel @ ops.transpose(k) for q, k in zip(query, key)])


def right_4(query, key, kernel):
    """Outer products of query and key, weighed by the matrix."""
    pairs = query[:, :, None, :, None] * key[:, None, :, None, :]
    return ops.sum(pairs * kernel, axis=(-2, -1))
