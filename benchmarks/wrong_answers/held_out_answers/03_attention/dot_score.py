import numpy as np
from keras import ops


def wrong_1(query, key, is_scaled):
    """Scales always, whatever is_scaled says."""
    return ops.matmul(query, ops.transpose(key, (0, 2, 1))) / query.shape[-1] ** 0.5


def wrong_2(query, key, is_scaled):
    """Never scales. Wrong on: is_scaled True."""
    return ops.matmul(query, ops.transpose(key, (0, 2, 1)))


def wrong_3(query, key, is_scaled):
    """Divides by D, not by its root. Wrong on: is_scaled True."""
    scores = ops.einsum("btd,bsd->bts", query, key)
    return scores / query.shape[-1] if is_scaled else scores


def wrong_4(query, key, is_scaled):
    """Divides by the root of the number of keys instead of the width. Wrong on: is_scaled True, S not D."""
    scores = ops.einsum("btd,bsd->bts", query, key)
    return scores / key.shape[1] ** 0.5 if is_scaled else scores


def wrong_5(query, key, is_scaled):
    """Keys in rows, queries in columns: (B, S, T). Wrong on: all but a single pair."""
    scores = ops.einsum("btd,bsd->bst", query, key)
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def wrong_6(query, key, is_scaled):
    """Multiplies by the root of D. Wrong on: is_scaled True."""
    scores = ops.einsum("btd,bsd->bts", query, key)
    return scores * query.shape[-1] ** 0.5 if is_scaled else scores


def wrong_7(query, key, is_scaled):
    """Divides when it should not: reads is_scaled as 'is scaled already'."""
    scores = ops.einsum("btd,bsd->bts", query, key)
    return scores if is_scaled else scores / query.shape[-1] ** 0.5


def wrong_8(query, key, is_scaled):
    """The cosine instead of the scaled product: divides by the lengths of the vectors. Wrong on: is_scaled True."""
    if is_scaled:
        query = query / ops.norm(query, axis=-1, keepdims=True)
        key = key / ops.norm(key, axis=-1, keepdims=True)
    return ops.einsum("btd,bsd->bts", query, key)


def wrong_9(query, key, is_scaled):
    """Compares all queries with the keys of the first sentence; wrong from B = 2 on."""
    scores = ops.matmul(query, ops.transpose(key[0]))
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def right_1(query, key, is_scaled):
    """NumPy matmul."""
    q, k = np.asarray(query), np.asarray(key)
    scores = q @ k.transpose(0, 2, 1)
    return scores / np.sqrt(np.float32(q.shape[-1])) if is_scaled else scores


def right_2(query, key, is_scaled):
    """Products of all pairs, summed; the scale as a factor."""
    factor = query.shape[-1] ** -0.5 if is_scaled else 1.0
    return ops.sum(query[:, :, None, :] * key[:, None, :, :], axis=-1) * factor


def right_3(query, key, is_scaled):
    """Loops in pure Python."""
    result = []
    for qs, ks in zip(np.asarray(query).tolist(), np.asarray(key).tolist()):
        rows = []
        for q in qs:
            dots = [sum(x * y for x, y in zip(q, k)) for k in ks]
            rows.append([a / len(q) ** 0.5 for a in dots] if is_scaled else dots)
        result.append(rows)
    return ops.convert_to_tensor(result, dtype="float32")


def right_4(query, key, is_scaled):
    """Scales both sides by the fourth root before the product."""
    if is_scaled:
        root = query.shape[-1] ** 0.25
        query, key = query / root, key / root
    return ops.einsum("btd,bsd->bts", query, key)
