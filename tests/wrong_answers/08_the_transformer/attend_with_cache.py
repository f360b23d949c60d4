"""Wrong answers to `attend_with_cache` beside its mutants."""

import numpy as np
from keras import ops


def _write(cache, key, value, position):
    start = (0, position, 0)
    return ops.slice_update(cache[0], start, key), ops.slice_update(cache[1], start, value)


def _scores(query, keys):
    return ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5


def _attend(query, cache, seen):
    weights = ops.softmax(ops.where(seen, _scores(query, cache[0]), -1e9), axis=-1)
    return ops.matmul(weights, cache[1])


def _slots(cache):
    return ops.arange(cache[0].shape[1])


def mask_too_weak__subtracted(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    scores = _scores(query, cache[0]) - 10.0 * ops.cast(_slots(cache) > position, "float32")
    return ops.matmul(ops.softmax(scores, axis=-1), cache[1]), cache


def scaled_by_slots__written_ones(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    scores = ops.matmul(query, ops.swapaxes(cache[0], 1, 2)) / (position + 1) ** 0.5
    weights = ops.softmax(ops.where(_slots(cache) <= position, scores, -1e9), axis=-1)
    return ops.matmul(weights, cache[1]), cache


def one_of_both_written__the_value(query, key, value, cache, position):
    cache = cache[0], ops.slice_update(cache[1], (0, position, 0), value)
    return _attend(query, cache, _slots(cache) <= position), cache


def written_one_late__and_seen(query, key, value, cache, position):
    cache = _write(cache, key, value, position + 1)
    return _attend(query, cache, _slots(cache) <= position + 1), cache


def renormalised_after_the_softmax(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    weights = ops.softmax(_scores(query, cache[0])) * ops.cast(_slots(cache) <= position, "float32")
    return ops.matmul(weights / ops.sum(weights, axis=-1, keepdims=True), cache[1]), cache


def zeros_taken_for_empty_slots(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    is_written = ops.any(cache[0] != 0.0, axis=-1)[:, None, :]
    return _attend(query, cache, is_written), cache


def last_slot_never_written(query, key, value, cache, position):
    cache = _write(cache, key, value, min(position, cache[0].shape[1] - 2))
    return _attend(query, cache, _slots(cache) <= position), cache


def first_position_not_written(query, key, value, cache, position):
    if position:
        cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) <= position), cache


def leftovers_erased(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    is_written = ops.cast(_slots(cache) <= position, "float32")[:, None]
    return _attend(query, cache, _slots(cache) <= position), (cache[0] * is_written, cache[1] * is_written)


def first_position_unseen(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    slots = _slots(cache)
    return _attend(query, cache, (slots <= position) & ((slots > 0) | (position == 0))), cache


def own_position_alone(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) == position), cache


def first_sentence_written_alone(query, key, value, cache, position):
    keys, values = (np.array(part) for part in cache)
    keys[0, position], values[0, position] = key[0, 0], value[0, 0]
    return _attend(query, (keys, values), _slots(cache) <= position), (keys, values)


def three_values(query, key, value, cache, position):
    keys, values = _write(cache, key, value, position)
    return _attend(query, (keys, values), _slots(cache) <= position), keys, values


def weights_in_place_of_the_output(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    scores = ops.where(_slots(cache) <= position, _scores(query, cache[0]), -1e9)
    return ops.softmax(scores, axis=-1), cache


def query_written_for_the_key(query, key, value, cache, position):
    cache = _write(cache, query, value, position)
    return _attend(query, cache, _slots(cache) <= position), cache
