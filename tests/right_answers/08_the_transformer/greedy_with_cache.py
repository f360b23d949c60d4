"""Right answers to `greedy_with_cache` in other styles."""

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


def filled_up_after_an_early_stop(memory, cache, weights, start_id, end_id):
    batch_size, length = cache[0].shape[:2]
    result = np.zeros((batch_size, length), "int64")
    last, ended = ops.full((batch_size,), start_id, dtype="int32"), np.zeros(batch_size, bool)
    for position in range(length):
        logits, cache = _read_token(last, memory, cache, position, weights)
        last = ops.argmax(logits, axis=-1)
        result[:, position] = np.where(ended, 0, np.asarray(last))
        ended |= result[:, position] == end_id
        if ended.all():
            break
    return result


def cut_at_the_end(memory, cache, weights, start_id, end_id):
    ids, length = [ops.full((memory.shape[0],), start_id, dtype="int32")], cache[0].shape[1]
    for position in range(length):
        logits, cache = _read_token(ids[-1], memory, cache, position, weights)
        ids.append(ops.cast(ops.argmax(logits, -1), "int32"))
    ids = ops.stack(ids[1:], axis=-1)
    ends = ops.cast(ids == end_id, "int32")
    return ops.where(ops.cumsum(ends, axis=1) - ends > 0, 0, ids)


def sentence_by_sentence(memory, cache, weights, start_id, end_id):
    sentences = []
    for b in range(memory.shape[0]):
        part, token, sentence = (cache[0][b : b + 1], cache[1][b : b + 1]), start_id, []
        while token != end_id and len(sentence) < cache[0].shape[1]:
            token_ids = ops.convert_to_tensor([token], dtype="int32")
            logits, part = _read_token(token_ids, memory[b : b + 1], part, len(sentence), weights)
            token = int(ops.argmax(logits[0]))
            sentence.append(token)
        sentences.append(sentence + [0] * (cache[0].shape[1] - len(sentence)))
    return sentences


def multiplied_by_what_runs(memory, cache, weights, start_id, end_id):
    last = ops.zeros((memory.shape[0],), dtype="int32") + start_id
    running, columns = ops.ones_like(last), []
    for position in range(cache[0].shape[1]):
        logits, cache = _read_token(last, memory, cache, position, weights)
        last = ops.cast(ops.argmax(ops.softmax(logits), axis=1), "int32") * running
        running = running * ops.cast(last != end_id, "int32")
        columns.append(last[:, None])
    return ops.concatenate(columns, axis=1)
