"""Wrong answers to `reorder_cache` beside its mutants."""

import numpy as np
from keras import ops


def _gather(cache, parents):
    return tuple(ops.take_along_axis(part, parents[:, :, None, None], axis=1) for part in cache)


def overwritten__hypothesis_by_hypothesis(cache, parents):
    new = tuple(np.array(part) for part in cache)
    parents, sentences = np.asarray(parents), np.arange(len(parents))
    for part in new:
        for k in range(parents.shape[1]):
            part[:, k] = part[sentences, parents[:, k]]
    return new


def values_left_behind__of_the_keys(cache, parents):
    return cache[0], _gather(cache, parents)[1]


def first_sentence_for_all__taken(cache, parents):
    return tuple(ops.take(part, parents[0], axis=1) for part in cache)


def last_parent_for_all(cache, parents):
    return _gather(cache, ops.repeat(parents[:, -1:], parents.shape[1], axis=1))


def parents_from_the_last(cache, parents):
    return _gather(cache, parents.shape[1] - 1 - parents)


def followed_twice(cache, parents):
    return _gather(_gather(cache, parents), parents)


def each_parent_once(cache, parents):
    rows = []
    for row in np.asarray(parents):
        once = list(dict.fromkeys(row.tolist()))
        rows.append(once + [k for k in range(len(row)) if k not in once])
    return _gather(cache, ops.convert_to_tensor(rows, dtype="int32"))


def next_sentence(cache, parents):
    return _gather(cache, ops.roll(parents, 1, axis=0))


def parents_counted_from_one(cache, parents):
    return _gather(cache, ops.maximum(parents - 1, 0))


def keys_and_values_exchanged(cache, parents):
    return _gather(cache, parents)[::-1]


def last_slot_left_behind(cache, parents):
    return tuple(
        ops.concatenate([new[:, :, :-1], old[:, :, -1:]], axis=2)
        for new, old in zip(_gather(cache, parents), cache, strict=True)
    )


def keys_alone(cache, parents):
    return _gather(cache, parents)[0]


def last_hypothesis_never_chosen(cache, parents):
    return _gather(cache, ops.minimum(parents, ops.maximum(parents.shape[1] - 2, 0)))
