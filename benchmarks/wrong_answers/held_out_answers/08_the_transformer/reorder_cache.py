import numpy as np
from keras import ops


def wrong_1(cache, parents):
    """Every sentence follows the parents of the first; wrong when these differ."""
    return tuple(ops.take(x, parents[0], axis=1) for x in cache)


def wrong_2(cache, parents):
    """Reorders the keys only; wrong on almost any input."""
    keys, values = cache
    return ops.take_along_axis(keys, parents[:, :, None, None], axis=1), values


def wrong_3(cache, parents):
    """The other way round: old k goes to the place parents[b, k]. Wrong on: parents that are no permutation of two."""
    result = []
    for x in cache:
        old = np.array(x)
        new = old.copy()
        for b, row in enumerate(np.array(parents)):
            for k, parent in enumerate(row):
                new[b, parent] = old[b, k]
        result.append(ops.convert_to_tensor(new))
    return tuple(result)


def wrong_4(cache, parents):
    """Writes into the cache it still reads: a parent that was overwritten before is lost. Wrong on: a parent before k that was itself replaced."""
    result = []
    for x in cache:
        new = np.array(x)
        for b, row in enumerate(np.array(parents)):
            for k, parent in enumerate(row):
                new[b, k] = new[b, parent]
        result.append(ops.convert_to_tensor(new))
    return tuple(result)


def wrong_5(cache, parents):
    """Looks the parents up in the flat cache without the offset of the sentence; wrong from B = 2 on."""
    result = []
    for x in cache:
        flat = ops.reshape(x, (-1, x.shape[2], x.shape[3]))
        new = ops.take(flat, ops.reshape(parents, (-1,)), axis=0)
        result.append(ops.reshape(new, x.shape))
    return tuple(result)


def wrong_6(cache, parents):
    """Takes all sentences' parents from every sentence: shape (B, B, K, L, D); wrong on almost any input."""
    return tuple(ops.take(x, parents, axis=1) for x in cache)


def wrong_7(cache, parents):
    """Sorts by the parents: a hypothesis that continues twice is taken once, and none is dropped. Wrong on: parents that are not in order, or occur twice."""
    order = ops.argsort(parents, axis=1)
    return tuple(ops.take_along_axis(x, order[:, :, None, None], axis=1) for x in cache)


def wrong_8(cache, parents):
    """Leaves the cache as it is, as if hypothesis k always continued itself."""
    return tuple(cache)


def wrong_9(cache, parents):
    """Reorders slots instead of hypotheses (axis 2); fails when some parent is not below L."""
    index = np.array(parents)
    result = []
    for x in cache:
        old = np.array(x)
        new = old.copy()
        for b, row in enumerate(index):
            new[b, :, : len(row)] = old[b][:, row]
        result.append(ops.convert_to_tensor(new))
    return tuple(result)


def right_1(cache, parents):
    """take_along_axis."""
    index = ops.cast(parents, "int32")[..., None, None]
    return tuple(ops.take_along_axis(x, index, axis=1) for x in cache)


def right_2(cache, parents):
    """NumPy fancy index, a list for the pair."""
    index = np.asarray(parents)
    sentences = np.arange(len(index))[:, None]
    return [np.asarray(x)[sentences, index] for x in cache]


def right_3(cache, parents):
    """Sentence by sentence, keys and values together."""
    keys = ops.stack([ops.take(cache[0][b], parents[b], axis=0) for b in range(parents.shape[0])])
    values = ops.stack([ops.take(cache[1][b], parents[b], axis=0) for b in range(parents.shape[0])])
    return keys, values


def right_4(cache, parents):
    """Products with one-hot matrices of parents."""
    chosen = ops.one_hot(parents, parents.shape[1], dtype="float32")
    return tuple(ops.einsum("bkj,bjld->bkld", chosen, x) for x in cache)
