import numpy as np
from keras import ops


def _write(slots, new, position):
    return ops.concatenate([slots[:, :position], new, slots[:, position + 1 :]], axis=1)


def wrong_1(query, key, value, cache, position):
    """Attends to all slots, written or not. Wrong on: every position but the last."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), values), (keys, values)


def wrong_2(query, key, value, cache, position):
    """Does not attend to itself; wrong from position 1 on, and at 0 sees equal shares of everything."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) < position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_3(query, key, value, cache, position):
    """Returns the old cache, with nothing written; wrong on almost any input."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), cache


def wrong_4(query, key, value, cache, position):
    """Adds to the slot where it should write; wrong when an earlier sentence left something there."""
    here = ops.cast(ops.arange(cache[0].shape[1]) == position, query.dtype)[None, :, None]
    keys, values = cache[0] + here * key, cache[1] + here * value
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_5(query, key, value, cache, position):
    """Takes slots of zeros for unwritten; wrong when an earlier sentence left something there."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.any(ops.not_equal(keys, 0), axis=-1)[:, None, :]
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_6(query, key, value, cache, position):
    """Cuts the cache behind the new slot: it grows, though no shape may change. Wrong on: every position but the last."""
    keys = ops.concatenate([cache[0][:, :position], key], axis=1)
    values = ops.concatenate([cache[1][:, :position], value], axis=1)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), values), (keys, values)


def wrong_7(query, key, value, cache, position):
    """Does not scale. Wrong on: positions above 0."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys)
    seen = ops.arange(keys.shape[1]) <= position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_8(query, key, value, cache, position):
    """Sets the slots after p to zero; what they hold should stay. Wrong on: what an earlier sentence left in later slots."""
    later = ops.zeros_like(cache[0][:, position + 1 :])
    keys = ops.concatenate([cache[0][:, :position], key, later], axis=1)
    values = ops.concatenate([cache[1][:, :position], value, later], axis=1)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_9(query, key, value, cache, position):
    """Moves all slots one to the left and writes into the last, as a queue; wrong on almost any input."""
    keys = ops.concatenate([cache[0][:, 1:], key], axis=1)
    values = ops.concatenate([cache[1][:, 1:], value], axis=1)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) >= keys.shape[1] - 1 - position
    return ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values), (keys, values)


def wrong_10(query, key, value, cache, position):
    """Attends to the cache as it was, before the new key is written; wrong on almost any input."""
    keys, values = cache
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    output = ops.matmul(ops.softmax(ops.where(seen, scores, -1e9), axis=-1), values)
    return output, (_write(keys, key, position), _write(values, value, position))


def wrong_11(query, key, value, cache, position):
    """Drops the axis of the one position: the output is (B, D); wrong on almost any input."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bd,bld->bl", query[:, 0], keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    weights = ops.softmax(ops.where(seen, scores, -1e9), axis=-1)
    return ops.einsum("bl,bld->bd", weights, values), (keys, values)


def wrong_12(query, key, value, cache, position):
    """Fills masked scores with 0, so slots not yet written get a share. Wrong on: every position but the last."""
    keys, values = _write(cache[0], key, position), _write(cache[1], value, position)
    scores = ops.einsum("bqd,bld->bql", query, keys) / query.shape[-1] ** 0.5
    seen = ops.arange(keys.shape[1]) <= position
    return ops.matmul(ops.softmax(ops.where(seen, scores, 0.0), axis=-1), values), (keys, values)


def right_1(query, key, value, cache, position):
    """slice_update, then only the written slots cut out."""
    keys = ops.slice_update(cache[0], (0, position, 0), key)
    values = ops.slice_update(cache[1], (0, position, 0), value)
    k, v = keys[:, : position + 1], values[:, : position + 1]
    weights = ops.softmax(ops.matmul(query, ops.swapaxes(k, 1, 2)) / query.shape[-1] ** 0.5, axis=-1)
    return ops.matmul(weights, v), (keys, values)


def right_2(query, key, value, cache, position):
    """NumPy copies; lists for the pairs."""
    keys, values = (np.array(x) for x in cache)
    keys[:, position], values[:, position] = np.asarray(key)[:, 0], np.asarray(value)[:, 0]
    end = position + 1
    scores = np.einsum("bd,bld->bl", np.asarray(query)[:, 0], keys[:, :end]) / np.sqrt(
        np.float32(query.shape[2])
    )
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    output = np.einsum("bl,bld->bd", weights, values[:, :end])[:, None]
    return [output, [keys, values]]


def right_3(query, key, value, cache, position):
    """Where for writing and for the mask; shapes never change."""
    slots = ops.arange(cache[0].shape[1])
    here = (slots == position)[None, :, None]
    keys, values = ops.where(here, key, cache[0]), ops.where(here, value, cache[1])
    seen = slots <= position
    scores = ops.sum(query * keys, axis=-1) * query.shape[-1] ** -0.5
    weights = ops.softmax(ops.where(seen[None], scores, -1e30), axis=-1)
    kept = ops.where(seen[None, :, None], values, 0.0)
    return ops.sum(weights[..., None] * kept, axis=1, keepdims=True), (keys, values)
