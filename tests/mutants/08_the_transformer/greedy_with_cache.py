"""Wrong answers to `greedy_with_cache`, each named after the mistake it makes."""

from keras import ops


def _attend_with_cache(query, key, value, cache, position):
    keys = ops.slice_update(cache[0], (0, position, 0), key)
    values = ops.slice_update(cache[1], (0, position, 0), value)
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(ops.arange(keys.shape[1]) <= position, scores, -1e9), axis=-1)
    return ops.matmul(weights, values), (keys, values)


def _attend_to_all(query, key, value, cache, position):
    keys = ops.slice_update(cache[0], (0, position, 0), key)
    values = ops.slice_update(cache[1], (0, position, 0), value)
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores, axis=-1), values), (keys, values)


def _read_token(token_ids, memory, cache, position, weights, attend=_attend_with_cache):
    inputs = ops.take(weights["embedding"], token_ids, axis=0) + memory
    query, key, value = (ops.matmul(inputs, weights[name])[:, None] for name in ("query", "key", "value"))
    outputs, cache = attend(query, key, value, cache, position)
    return ops.matmul(inputs + outputs[:, 0], weights["output"]), cache


def _best(logits):
    return ops.cast(ops.argmax(logits, axis=-1), "int32")


def _start(cache, start_id):
    batch_size, length = cache[0].shape[:2]
    token_ids = ops.full((batch_size,), start_id, dtype="int32")
    return token_ids, ops.ones((batch_size,), dtype="bool"), range(length)


def _steps(memory, cache, weights, start_id, end_id):
    """A right answer, step by step."""
    token_ids, running, positions = _start(cache, start_id)
    for position in positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        yield token_ids, running


def steps_as_rows(memory, cache, weights, start_id, end_id):
    return ops.stack([ids for ids, _ in _steps(memory, cache, weights, start_id, end_id)])


def start_token_kept(memory, cache, weights, start_id, end_id):
    written = [ids for ids, _ in _steps(memory, cache, weights, start_id, end_id)]
    return ops.stack([ops.full_like(written[0], start_id), *written], axis=1)


def end_token_dropped(memory, cache, weights, start_id, end_id):
    written = []
    for token_ids, running in _steps(memory, cache, weights, start_id, end_id):
        written.append(ops.where(running, token_ids, 0))
    return ops.stack(written, axis=1)


def stopped_short(memory, cache, weights, start_id, end_id):
    written = []
    for token_ids, running in _steps(memory, cache, weights, start_id, end_id):
        written.append(token_ids)
        if not ops.any(running):
            break
    return ops.stack(written, axis=1)


def stops_with_the_first(memory, cache, weights, start_id, end_id):
    written = []
    for token_ids, running in _steps(memory, cache, weights, start_id, end_id):
        written.append(token_ids)
        if not ops.all(running):
            break
    missing = cache[0].shape[1] - len(written)
    return ops.stack(written + [ops.zeros_like(token_ids)] * missing, axis=1)


def not_stopped(memory, cache, weights, start_id, end_id):
    token_ids, _, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = _best(logits)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def end_token_repeated(memory, cache, weights, start_id, end_id):
    token_ids, running, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(running, _best(logits), end_id)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def ended_sentences_resume(memory, cache, weights, start_id, end_id):
    token_ids, _, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(token_ids == end_id, 0, _best(logits))
        written.append(token_ids)
    return ops.stack(written, axis=1)


def same_cache_each_step(memory, cache, weights, start_id, end_id):
    token_ids, running, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, _ = _read_token(token_ids, memory, cache, position, weights)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def start_token_each_step(memory, cache, weights, start_id, end_id):
    start_ids, running, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, cache = _read_token(start_ids, memory, cache, position, weights)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def position_stands_still(memory, cache, weights, start_id, end_id):
    token_ids, running, positions = _start(cache, start_id)
    written = []
    for _ in positions:
        logits, cache = _read_token(token_ids, memory, cache, 0, weights)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def attention_is_wrong(memory, cache, weights, start_id, end_id):
    token_ids, running, positions = _start(cache, start_id)
    written = []
    for position in positions:
        logits, cache = _read_token(token_ids, memory, cache, position, weights, attend=_attend_to_all)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)


def positions_from_one(memory, cache, weights, start_id, end_id):
    token_ids, running, positions = _start(cache, start_id)
    written = []
    for position in positions:
        slot = min(position + 1, len(positions) - 1)  # as `slice_update` of TensorFlow and JAX reads it
        logits, cache = _read_token(token_ids, memory, cache, slot, weights)
        token_ids = ops.where(running, _best(logits), 0)
        running = ops.logical_and(running, token_ids != end_id)
        written.append(token_ids)
    return ops.stack(written, axis=1)
