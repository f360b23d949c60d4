import numpy as np
from keras import ops


def attend_with_cache(query, key, value, cache, position):
    slots = ops.arange(cache[0].shape[1])
    here = (slots == position)[None, :, None]
    keys, values = ops.where(here, key, cache[0]), ops.where(here, value, cache[1])
    scores = ops.matmul(query, ops.swapaxes(keys, 1, 2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(slots <= position, scores, -1e9), axis=-1)
    return ops.matmul(weights, values), (keys, values)


def read_token(token_ids, memory, cache, position, weights):
    """One step of a decoder: token ids (B,) to logits (B, V) and the new cache.

    `memory` (B, D) is what the encoder has made of the source, `weights` a dict of matrices.
    """
    inputs = ops.take(weights["embedding"], token_ids, axis=0) + memory  # (B, D)
    query, key, value = (ops.matmul(inputs, weights[name])[:, None] for name in ("query", "key", "value"))
    outputs, cache = attend_with_cache(query, key, value, cache, position)
    return ops.matmul(inputs + outputs[:, 0], weights["output"]), cache


def wrong_1(memory, cache, weights, start_id, end_id):
    """Writes on behind the end token. Wrong on: a sentence that ends before the last slot."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_2(memory, cache, weights, start_id, end_id):
    """Stops when all sentences have ended: fewer columns than slots."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
        if bool(ops.all(ended)):
            break
    return ops.stack(written, axis=1)


def wrong_3(memory, cache, weights, start_id, end_id):
    """Drops the end token, too: zero in its place. Wrong on: a sentence that ends."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        ended = ops.logical_or(ended, tokens == end_id)
        tokens = ops.where(ended, 0, tokens)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_4(memory, cache, weights, start_id, end_id):
    """Stops the whole batch when the first sentence ends: zeros behind it for all."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.broadcast_to(ops.any(ops.logical_or(ended, tokens == end_id)), (batch,))
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_5(memory, cache, weights, start_id, end_id):
    """Puts the start token in front and leaves the last token out. Wrong on: nearly every sentence."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = [tokens]
    for position in range(steps - 1):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_6(memory, cache, weights, start_id, end_id):
    """Reads the start token at every step, never what it has written. Wrong on: sentences of two tokens or more."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(
            ops.full((batch,), start_id, dtype="int32"), memory, cache, position, weights
        )
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_7(memory, cache, weights, start_id, end_id):
    """Does not hand the new cache on to the next step. Wrong on: sentences of two tokens or more."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, _ = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_8(memory, cache, weights, start_id, end_id):
    """Reads every token at position 0. Wrong on: sentences of two tokens or more."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for _ in range(steps):
        logits, cache = read_token(tokens, memory, cache, 0, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_9(memory, cache, weights, start_id, end_id):
    """Reads the start token at position 1; the last step repeats the last slot. Wrong on: nearly every sentence."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, min(position + 1, steps - 1), weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_10(memory, cache, weights, start_id, end_id):
    """One step too few: L - 1 tokens and a zero. Wrong on: a sentence that has not ended at the last slot but one."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps - 1):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    written.append(ops.zeros((batch,), dtype="int32"))
    return ops.stack(written, axis=1)


def wrong_11(memory, cache, weights, start_id, end_id):
    """Ignores the ids it gets: always 1 for start and 2 for end."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), 1, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == 2)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_12(memory, cache, weights, start_id, end_id):
    """Looks for the first sentence's end to end them all, others go on or stop with it. Wrong on: ends of the first sentence that others do not share."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens[0] == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_13(memory, cache, weights, start_id, end_id):
    """Never writes id 0, which it takes for padding: the best of the others instead; wrong where 0 is most probable."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits[:, 1:], axis=-1) + 1, "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def wrong_14(memory, cache, weights, start_id, end_id):
    """Tokens in rows of time: (L, B); wrong on almost any input."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=0)


def wrong_15(memory, cache, weights, start_id, end_id):
    """Forgets that a sentence has ended after one zero: only the token right behind the end is wiped. Wrong on: an end three slots or more before the last."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = tokens == end_id
        written.append(tokens)
    return ops.stack(written, axis=1)


def right_1(memory, cache, weights, start_id, end_id):
    """Keras ops, step by step with a mask of ended sentences."""
    batch, steps = memory.shape[0], cache[0].shape[1]
    tokens = ops.full((batch,), start_id, dtype="int32")
    ended = ops.zeros((batch,), dtype="bool")
    written = []
    for position in range(steps):
        logits, cache = read_token(tokens, memory, cache, position, weights)
        tokens = ops.cast(ops.argmax(logits, axis=-1), "int32")
        tokens = ops.where(ended, 0, tokens)
        ended = ops.logical_or(ended, tokens == end_id)
        written.append(tokens)
    return ops.stack(written, axis=1)


def right_2(memory, cache, weights, start_id, end_id):
    """All steps first; what stands behind the end is wiped afterwards in NumPy."""
    tokens = np.full(memory.shape[0], start_id, "int32")
    result = np.zeros((memory.shape[0], cache[0].shape[1]), "int32")
    for position in range(result.shape[1]):
        logits, cache = read_token(ops.convert_to_tensor(tokens), memory, cache, position, weights)
        tokens = np.asarray(ops.convert_to_numpy(logits)).argmax(axis=1).astype("int32")
        result[:, position] = tokens
    is_end = result == end_id
    before = np.cumsum(is_end, axis=1) - is_end
    return np.where(before > 0, 0, result)


def right_3(memory, cache, weights, start_id, end_id):
    """Sentence by sentence, each left alone when it has ended."""
    size = cache[0].shape[1]
    sentences = []
    for b in range(memory.shape[0]):
        own = tuple(slots[b : b + 1] for slots in cache)
        words = []
        last = start_id
        while len(words) < size and (not words or last != end_id):
            read = ops.convert_to_tensor(np.array([last], "int32"))
            logits, own = read_token(read, memory[b : b + 1], own, len(words), weights)
            last = int(ops.argmax(logits[0]))
            words.append(last)
        sentences.append(words + [0] * (size - len(words)))
    return ops.convert_to_tensor(sentences, dtype="int32")


def right_4(memory, cache, weights, start_id, end_id):
    """Alive sentences as factors of one and zero; leaves early and fills up with zeros."""
    batch, size = memory.shape[0], cache[0].shape[1]
    read = ops.full((batch,), start_id, dtype="int32")
    alive = ops.ones((batch,), dtype="int32")
    result = []
    while len(result) < size and int(ops.sum(alive)) > 0:
        logits, cache = read_token(read, memory, cache, len(result), weights)
        read = ops.cast(ops.argmax(logits, axis=1), "int32") * alive
        alive = alive * ops.cast(read != end_id, "int32")
        result.append(read)
    while len(result) < size:
        result.append(ops.zeros((batch,), dtype="int32"))
    return ops.transpose(ops.stack(result))
