import numpy as np
from keras import ops


def wrong_1(source_token_ids, target_token_ids):
    """The self-attention sees the future: padding only; wrong on almost any input."""
    t = target_token_ids.shape[1]
    self_mask = ops.repeat(ops.not_equal(target_token_ids, 0)[:, None, :], t, axis=1)
    return self_mask, ops.repeat(ops.not_equal(source_token_ids, 0)[:, None, :], t, axis=1)


def wrong_2(source_token_ids, target_token_ids):
    """The self-attention sees padding: the triangle only; wrong on almost any input."""
    b, t = target_token_ids.shape
    triangle = np.repeat(np.tri(t, dtype=bool)[None], b, axis=0)
    cross = ops.repeat(ops.not_equal(source_token_ids, 0)[:, None, :], t, axis=1)
    return ops.convert_to_tensor(triangle), cross


def wrong_3(source_token_ids, target_token_ids):
    """Hides padding along the queries, not along the keys; wrong on almost any input."""
    t, s = target_token_ids.shape[1], source_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)[:, :, None]
    self_mask = ops.logical_and(real, ops.convert_to_tensor(np.tri(t, dtype=bool)))
    return self_mask, ops.repeat(real, s, axis=2)


def wrong_4(source_token_ids, target_token_ids):
    """Sets whole rows of padded queries to False, too; wrong on almost any input."""
    t = target_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)
    self_mask = ops.convert_to_tensor(np.tri(t, dtype=bool)) & real[:, None, :] & real[:, :, None]
    return self_mask, ops.not_equal(source_token_ids, 0)[:, None, :] & real[:, :, None]


def wrong_5(source_token_ids, target_token_ids):
    """Cross-attention in the shape (B, 1, S), left to be broadcast; wrong on almost any input."""
    t = target_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)[:, None, :]
    self_mask = ops.logical_and(real, ops.convert_to_tensor(np.tri(t, dtype=bool)))
    return self_mask, ops.not_equal(source_token_ids, 0)[:, None, :]


def wrong_6(source_token_ids, target_token_ids):
    """Cross-attention first, self-attention second; wrong on almost any input."""
    t = target_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)[:, None, :]
    self_mask = ops.logical_and(real, ops.convert_to_tensor(np.tri(t, dtype=bool)))
    return ops.repeat(ops.not_equal(source_token_ids, 0)[:, None, :], t, axis=1), self_mask


def wrong_7(source_token_ids, target_token_ids):
    """Joins future and padding by 'or', so that each opens what the other hides; wrong on almost any input."""
    t = target_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)[:, None, :]
    self_mask = ops.logical_or(real, ops.convert_to_tensor(np.tri(t, dtype=bool)))
    return self_mask, ops.repeat(ops.not_equal(source_token_ids, 0)[:, None, :], t, axis=1)


def wrong_8(source_token_ids, target_token_ids):
    """The cross-attention is causal, too: query t sees the source up to t only. Wrong on: S above 1."""
    t, s = target_token_ids.shape[1], source_token_ids.shape[1]
    real = ops.not_equal(target_token_ids, 0)[:, None, :]
    self_mask = ops.logical_and(real, ops.convert_to_tensor(np.tri(t, dtype=bool)))
    source = ops.not_equal(source_token_ids, 0)[:, None, :]
    return self_mask, ops.logical_and(source, ops.convert_to_tensor(np.tri(t, s, dtype=bool)))


def wrong_9(source_token_ids, target_token_ids):
    """True for what is hidden; wrong on almost any input."""
    t = target_token_ids.shape[1]
    future = ops.convert_to_tensor(~np.tri(t, dtype=bool))
    self_mask = ops.logical_or(ops.equal(target_token_ids, 0)[:, None, :], future)
    return self_mask, ops.repeat(ops.equal(source_token_ids, 0)[:, None, :], t, axis=1)


def wrong_10(source_token_ids, target_token_ids):
    """Products of numbers: masks of 0 and 1 as integers, no booleans."""
    t = target_token_ids.shape[1]
    real = ops.cast(ops.not_equal(target_token_ids, 0), "int32")[:, None, :]
    self_mask = real * ops.convert_to_tensor(np.tri(t, dtype="int32"))
    source = ops.cast(ops.not_equal(source_token_ids, 0), "int32")[:, None, :]
    return self_mask, ops.repeat(source, t, axis=1)


def right_1(source_token_ids, target_token_ids):
    """NumPy."""
    x, y = np.asarray(source_token_ids) != 0, np.asarray(target_token_ids) != 0
    t = y.shape[1]
    return np.tril(np.repeat(y[:, None], t, axis=1)), np.broadcast_to(
        x[:, None], (len(x), t, x.shape[1])
    ).copy()


def right_2(source_token_ids, target_token_ids):
    """Keras ops with positions compared, a list for the pair."""
    b, t = target_token_ids.shape
    s = source_token_ids.shape[1]
    places = ops.arange(t)
    past = ops.greater_equal(places[:, None], places[None, :])
    inside = ops.logical_and(past[None], ops.not_equal(target_token_ids, 0)[:, None])
    across = ops.broadcast_to(ops.expand_dims(ops.not_equal(source_token_ids, 0), 1), (b, t, s))
    return [inside, across]


def right_3(source_token_ids, target_token_ids):
    """Lists in pure Python."""
    xs, ys = np.asarray(source_token_ids).tolist(), np.asarray(target_token_ids).tolist()
    inside = [[[s <= t and y[s] != 0 for s in range(len(y))] for t in range(len(y))] for y in ys]
    across = [[[w != 0 for w in x] for _ in y] for x, y in zip(xs, ys)]
    return ops.convert_to_tensor(inside, dtype="bool"), ops.convert_to_tensor(across, dtype="bool")


def right_4(source_token_ids, target_token_ids):
    """Outer products with a row of ones, then cast to booleans."""
    real = ops.cast(ops.not_equal(target_token_ids, 0), "float32")
    source = ops.cast(ops.not_equal(source_token_ids, 0), "float32")
    ones = ops.ones_like(real)
    inside = ops.tril(ops.einsum("bt,bs->bts", ones, real))
    return ops.cast(inside, "bool"), ops.cast(ops.einsum("bt,bs->bts", ones, source), "bool")
