"""Wrong answers to `greedy_with_cache` beside its mutants."""

import numpy as np
from keras import ops


def _attend_with_cache(query, key, value, cache, position):
    keys = ops.slice_update(cache[0], (0, position, 0), key)
    values = ops.slice_update(cache[1], (0, position, 0), value)
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(ops.arange(keys.shape[1]) <= position, scores, -1e9), axis=-1)
    return ops.matmul(weights, values), (keys, values)


def _read_token(token_ids, memory, cache, position, weights):
    inputs = ops.take(weights["embedding"], token_ids, axis=0) + memory
    query, key, value = (ops.matmul(inputs, weights[name])[:, None] for name in ("query", "key", "value"))
    outputs, cache = _attend_with_cache(query, key, value, cache, position)
    return ops.matmul(inputs + outputs[:, 0], weights["output"]), cache


def _best(logits):
    return ops.cast(ops.argmax(logits, axis=-1), "int32")


def _search(memory, cache, weights, start_id, end_id, choose=_best, positions=None, goes_on=None):
    batch_size, length = cache[0].shape[:2]
    token_ids = ops.full((batch_size,), start_id, dtype="int32")
    running = ops.ones((batch_size,), dtype="bool")
    written = []
    for position in range(length) if positions is None else positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(running, choose(logits), 0)
        running = ops.logical_and(running, (goes_on or (lambda ids: ids != end_id))(token_ids))
        written.append(token_ids)
    return ops.stack(written, axis=1)


def not_stopped__until_all_have_ended(memory, cache, weights, start_id, end_id):
    batch_size, length = cache[0].shape[:2]
    token_ids, written = ops.full((batch_size,), start_id, dtype="int32"), []
    ended = np.zeros(batch_size, bool)
    for position in range(length):
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = _best(logits)
        written.append(token_ids)
        ended |= np.asarray(token_ids) == end_id
        if ended.all():
            break
    return ops.stack(written, axis=1)


def zero_ends_a_sentence(memory, cache, weights, start_id, end_id):
    return _search(
        memory,
        cache,
        weights,
        start_id,
        end_id,
        goes_on=lambda ids: ops.logical_and(ids != end_id, ids != 0),
    )


def zero_never_chosen(memory, cache, weights, start_id, end_id):
    def choose(logits):
        return _best(logits[:, 1:]) + 1

    return _search(memory, cache, weights, start_id, end_id, choose)


def least_probable(memory, cache, weights, start_id, end_id):
    return _search(memory, cache, weights, start_id, end_id, lambda logits: _best(-logits))


def one_step_too_few(memory, cache, weights, start_id, end_id):
    ids = _search(memory, cache, weights, start_id, end_id)
    return ops.pad(ids[:, :-1], ((0, 0), (0, 1)))


def tokens_of_the_first_sentence(memory, cache, weights, start_id, end_id):
    ids = _search(memory, cache, weights, start_id, end_id)
    return ops.zeros_like(ids) + ids[:1]


def first_end_not_looked_at(memory, cache, weights, start_id, end_id):
    batch_size, length = cache[0].shape[:2]
    token_ids = ops.full((batch_size,), start_id, dtype="int32")
    running, written = ops.ones((batch_size,), dtype="bool"), []
    for position in range(length):
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(running, _best(logits), 0)
        if position > 0:
            running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def memory_forgotten(memory, cache, weights, start_id, end_id):
    return _search(ops.zeros_like(memory), cache, weights, start_id, end_id)


def probabilities_returned(memory, cache, weights, start_id, end_id):
    ids = _search(memory, cache, weights, start_id, end_id)
    return ops.softmax(ops.one_hot(ids, weights["output"].shape[1]), axis=-1)


def real_numbers(memory, cache, weights, start_id, end_id):
    return ops.cast(_search(memory, cache, weights, start_id, end_id), "float32")


def from_the_last_slot_to_the_first(memory, cache, weights, start_id, end_id):
    positions = range(cache[0].shape[1] - 1, -1, -1)
    return _search(memory, cache, weights, start_id, end_id, positions=positions)


def filled_up_with_minus_one(memory, cache, weights, start_id, end_id):
    ids = np.array(_search(memory, cache, weights, start_id, end_id))
    ended = (ids == end_id).cumsum(axis=1) - (ids == end_id) > 0
    return np.where(ended, -1, ids)
