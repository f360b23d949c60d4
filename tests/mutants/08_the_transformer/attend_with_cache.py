"""Wrong answers to `attend_with_cache`, each named after the mistake it makes."""

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


def output_alone(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) <= position)


def old_cache_returned(query, key, value, cache, position):
    new = _write(cache, key, value, position)
    return _attend(query, new, _slots(new) <= position), cache


def cache_changes_its_shape(query, key, value, cache, position):
    keys = ops.concatenate([cache[0][:, :position], key], axis=1)
    values = ops.concatenate([cache[1][:, :position], value], axis=1)
    return ops.matmul(ops.softmax(_scores(query, keys), axis=-1), values), (keys, values)


def empty_slots_seen(query, key, value, cache, position):
    keys, values = _write(cache, key, value, position)
    return ops.matmul(ops.softmax(_scores(query, keys), axis=-1), values), (keys, values)


def mask_inverted(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) > position), cache


def own_position_unseen(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) < position), cache


def one_position_too_many(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query, cache, _slots(cache) <= position + 1), cache


def mask_after_softmax(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    seen = ops.cast(_slots(cache) <= position, "float32")
    return ops.matmul(ops.softmax(_scores(query, cache[0]), axis=-1) * seen, cache[1]), cache


def written_one_late(query, key, value, cache, position):
    cache = _write(cache, key, value, position + 1)
    return _attend(query, cache, _slots(cache) <= position), cache


def written_to_first_slot(query, key, value, cache, position):
    cache = _write(cache, key, value, 0)
    return _attend(query, cache, _slots(cache) <= position), cache


def others_erased(query, key, value, cache, position):
    is_here = (_slots(cache) == position)[:, None]
    cache = ops.where(is_here, key, 0.0), ops.where(is_here, value, 0.0)
    return _attend(query, cache, _slots(cache) <= position), cache


def added_to_the_slot(query, key, value, cache, position):
    is_here = ops.cast(_slots(cache) == position, "float32")[:, None]
    cache = cache[0] + is_here * key, cache[1] + is_here * value
    return _attend(query, cache, _slots(cache) <= position), cache


def old_cache_attended(query, key, value, cache, position):
    output = _attend(query, cache, _slots(cache) <= position)
    return output, _write(cache, key, value, position)


def keys_and_values_swapped(query, key, value, cache, position):
    cache = _write(cache, value, key, position)
    return _attend(query, cache, _slots(cache) <= position), cache


def scale_missing(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query * query.shape[-1] ** 0.5, cache, _slots(cache) <= position), cache


def scale_without_root(query, key, value, cache, position):
    cache = _write(cache, key, value, position)
    return _attend(query / query.shape[-1] ** 0.5, cache, _slots(cache) <= position), cache


def mask_too_weak(query, key, value, cache, position):
    keys, values = _write(cache, key, value, position)
    scores = ops.where(_slots(cache) <= position, _scores(query, keys), -10.0)
    return ops.matmul(ops.softmax(scores, axis=-1), values), (keys, values)


def key_in_both(query, key, value, cache, position):
    cache = _write(cache, key, key, position)
    return _attend(query, cache, _slots(cache) <= position), cache


def one_of_both_written(query, key, value, cache, position):
    cache = ops.slice_update(cache[0], (0, position, 0), key), cache[1]
    return _attend(query, cache, _slots(cache) <= position), cache


def scaled_by_slots(query, key, value, cache, position):
    keys, values = _write(cache, key, value, position)
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / keys.shape[1] ** 0.5
    weights = ops.softmax(ops.where(_slots(cache) <= position, scores, -1e9), axis=-1)
    return ops.matmul(weights, values), (keys, values)
