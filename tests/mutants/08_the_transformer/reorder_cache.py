"""Wrong answers to `reorder_cache`, each named after the mistake it makes."""

from keras import ops


def _gather(cache, parents):
    return tuple(ops.take_along_axis(part, parents[:, :, None, None], axis=1) for part in cache)


def _take_rows(cache, rows):
    new = []
    for part in cache:
        flat = ops.reshape(part, (-1, *part.shape[2:]))
        new.append(ops.reshape(ops.take(flat, ops.reshape(rows, (-1,)), axis=0), part.shape))
    return tuple(new)


def not_reordered(cache, parents):
    return cache


def values_left_behind(cache, parents):
    keys, values = cache
    return ops.take_along_axis(keys, parents[:, :, None, None], axis=1), values


def inverted(cache, parents):
    goes_to = ops.one_hot(parents, parents.shape[1])  # (B, K, K)
    is_last = goes_to * ops.cast(ops.flip(ops.cumsum(ops.flip(goes_to, 1), axis=1), 1) == 1, "float32")
    return tuple(ops.einsum("bkp,bkld->bpld", is_last, part) for part in cache)


def offset_missing(cache, parents):
    return _take_rows(cache, parents)


def offset_too_small(cache, parents):
    return _take_rows(cache, parents + ops.arange(parents.shape[0], dtype="int32")[:, None])


def first_sentence_for_all(cache, parents):
    return tuple(ops.take(part, parents[0], axis=1) for part in cache)


def first_parent_for_all(cache, parents):
    return _gather(cache, ops.zeros_like(parents) + parents[:, :1])


def batch_axis(cache, parents):
    return tuple(ops.take(part, parents, axis=0) for part in cache)


def every_sentence_with_every_parent(cache, parents):
    return tuple(ops.take(part, parents, axis=1) for part in cache)


def positions_reordered(cache, parents):
    return tuple(ops.take_along_axis(part, parents[:, None, :, None], axis=2) for part in cache)


def parents_sorted(cache, parents):
    return _gather(cache, ops.sort(parents, axis=1))


def overwritten(cache, parents):
    new = tuple(ops.convert_to_numpy(part).copy() for part in cache)
    for part in new:
        for sentence, row in enumerate(ops.convert_to_numpy(parents)):
            for k, parent in enumerate(row):
                part[sentence, k] = part[sentence, parent]
    return new
