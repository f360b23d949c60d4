import math

import numpy as np
from keras import ops


def right_1(query, key, value):
    """Repeat keys and values for the heads of a group, then usual causal attention."""
    share = query.shape[1] // key.shape[1]
    length = query.shape[2]
    key, value = ops.repeat(key, share, axis=1), ops.repeat(value, share, axis=1)
    scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / math.sqrt(query.shape[-1])
    allowed = ops.tril(ops.ones((length, length), dtype="bool"))
    scores = ops.where(allowed, scores, ops.full_like(scores, -np.inf))
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def right_2(query, key, value):
    """Give the queries an axis for groups; nothing is repeated."""
    batch, heads, length, depth = query.shape
    groups = key.shape[1]
    q = ops.reshape(query, (batch, groups, heads // groups, length, depth))
    scores = ops.einsum("bghtk,bgsk->bghts", q, key) * depth**-0.5
    t = np.arange(length)
    future = ops.convert_to_tensor(t[None, :] > t[:, None])
    scores = ops.where(future, ops.cast(-np.inf, scores.dtype), scores)
    scores = scores - ops.max(scores, axis=-1, keepdims=True)
    powers = ops.exp(scores)
    alpha = powers / ops.sum(powers, axis=-1, keepdims=True)
    return ops.reshape(ops.einsum("bghts,bgsk->bghtk", alpha, value), (batch, heads, length, depth))


def right_3(query, key, value):
    """Token after token, as a decoder with a cache: only what has been read is there."""
    _, heads, length, depth = query.shape
    group_of = [n // (heads // key.shape[1]) for n in range(heads)]
    key = ops.take(key, group_of, axis=1)
    value = ops.take(value, group_of, axis=1)
    outputs = []
    for t in range(length):
        scores = ops.einsum("bnk,bnsk->bns", query[:, :, t], key[:, :, : t + 1]) / np.sqrt(depth).item()
        alpha = ops.softmax(scores, axis=-1)
        outputs.append(ops.einsum("bns,bnsk->bnk", alpha, value[:, :, : t + 1]))
    return ops.stack(outputs, axis=2)


def right_4(query, key, value):
    """Keys are read one by one, with a running maximum and running sums."""
    heads, length, depth = query.shape[1:]
    share = heads // key.shape[1]
    results = []
    for n in range(heads):
        q, k, v = query[:, n], key[:, n // share], value[:, n // share]
        top = weight = total = None
        for s in range(length):
            score = ops.sum(q[:, s:] * k[:, s : s + 1], axis=-1, keepdims=True) / math.sqrt(depth)
            if s == 0:
                top, weight, total = score, ops.ones_like(score), ops.ones_like(q) * v[:, :1]
                continue
            new_top = ops.maximum(top[:, s:], score)
            old, new = ops.exp(top[:, s:] - new_top), ops.exp(score - new_top)
            top = ops.concatenate([top[:, :s], new_top], axis=1)
            weight = ops.concatenate([weight[:, :s], weight[:, s:] * old + new], axis=1)
            total = ops.concatenate([total[:, :s], total[:, s:] * old + new * v[:, s : s + 1]], axis=1)
        results.append(total / weight)
    return ops.stack(results, axis=1)


def _spread(keys, heads):
    return ops.repeat(keys, heads // keys.shape[1], axis=1)


def _scores(query, key):
    return ops.einsum("bntk,bnsk->bnts", query, key) / math.sqrt(query.shape[-1])


def _past(length):
    return ops.tril(ops.ones((length, length), dtype="bool"))


def _attend(scores, value):
    allowed = _past(scores.shape[-1])
    scores = ops.where(allowed, scores, ops.full_like(scores, -np.inf))
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_1(query, key, value):
    """Tiles the groups, head n uses group n mod G. Wrong on: 1 < G < N."""
    share = query.shape[1] // key.shape[1]
    key, value = ops.tile(key, (1, share, 1, 1)), ops.tile(value, (1, share, 1, 1))
    return _attend(_scores(query, key), value)


def wrong_2(query, key, value):
    """Attends to the future, no mask. Wrong on: T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    return ops.matmul(ops.softmax(_scores(query, key), axis=-1), value)


def wrong_3(query, key, value):
    """Leaves the token itself out, s < t. Wrong on: T > 1."""
    heads, length = query.shape[1], query.shape[2]
    key, value = _spread(key, heads), _spread(value, heads)
    allowed = ops.tril(ops.ones((length, length)), k=-1)
    scores = ops.where(allowed > 0, _scores(query, key), -1e30)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_4(query, key, value):
    """Does not divide by the square root of K. Wrong on: K > 1, T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    return _attend(ops.einsum("bntk,bnsk->bnts", query, key), value)


def wrong_5(query, key, value):
    """Divides by K, not by its root. Wrong on: K > 1, T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    return _attend(ops.einsum("bntk,bnsk->bnts", query, key) / query.shape[-1], value)


def wrong_6(query, key, value):
    """Divides by the root of N K, the width of the model. Wrong on: N > 1, T > 1."""
    heads, depth = query.shape[1], query.shape[3]
    key, value = _spread(key, heads), _spread(value, heads)
    return _attend(ops.einsum("bntk,bnsk->bnts", query, key) / math.sqrt(heads * depth), value)


def wrong_7(query, key, value):
    """Masks after the softmax, rows do not sum to one. Wrong on: T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    alpha = ops.softmax(_scores(query, key), axis=-1)
    alpha = alpha * ops.cast(_past(query.shape[2]), alpha.dtype)
    return ops.matmul(alpha, value)


def wrong_8(query, key, value):
    """Sets scores of the future to 0, which still get a share. Wrong on: T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    scores = _scores(query, key)
    scores = scores * ops.cast(_past(query.shape[2]), scores.dtype)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_9(query, key, value):
    """Takes only 100 off scores of the future. Wrong on: future scores above past ones by 90 and more."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    scores = _scores(query, key)
    penalty = 100.0 * (1.0 - ops.cast(_past(query.shape[2]), scores.dtype))
    return ops.matmul(ops.softmax(scores - penalty, axis=-1), value)


def wrong_10(query, key, value):
    """Bare exponentials, which overflow. Wrong on: scores of about 90 and more, or all below about -100."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    scores = _scores(query, key)
    powers = ops.where(_past(query.shape[2]), ops.exp(scores), ops.zeros_like(scores))
    return ops.matmul(powers / ops.sum(powers, axis=-1, keepdims=True), value)


def wrong_11(query, key, value):
    """Head n uses group n // G, bounded by the last. Wrong on: G > 1 with N / G != G."""
    groups = key.shape[1]
    chosen = [min(n // groups, groups - 1) for n in range(query.shape[1])]
    return _attend(_scores(query, ops.take(key, chosen, axis=1)), ops.take(value, chosen, axis=1))


def wrong_12(query, key, value):
    """The mask is turned round, s >= t. Wrong on: T > 1."""
    heads, length = query.shape[1], query.shape[2]
    key, value = _spread(key, heads), _spread(value, heads)
    scores = _scores(query, key)
    future = ops.triu(ops.ones((length, length), dtype="bool"))
    scores = ops.where(future, scores, ops.full_like(scores, -np.inf))
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_13(query, key, value):
    """Softmax over who looks, not over who is looked at. Wrong on: T > 1."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    scores = _scores(query, key)
    scores = ops.where(_past(query.shape[2]), scores, ops.full_like(scores, -np.inf))
    return ops.matmul(ops.softmax(scores, axis=-2), value)


def wrong_14(query, key, value):
    """Keys are repeated but values tiled. Wrong on: 1 < G < N."""
    heads, groups = query.shape[1], key.shape[1]
    values = ops.concatenate([value] * (heads // groups), axis=1)
    return _attend(_scores(query, ops.repeat(key, heads // groups, axis=1)), values)


def wrong_15(query, key, value):
    """All heads read the first group. Wrong on: G > 1."""
    return _attend(_scores(query, ops.repeat(key[:, :1], query.shape[1], axis=1)), value[:, :1])


def wrong_16(query, key, value):
    """Heads come out interleaved over the groups. Wrong on: 1 < G < N."""
    batch, heads, length, depth = query.shape
    groups = key.shape[1]
    q = ops.reshape(query, (batch, groups, heads // groups, length, depth))
    scores = ops.einsum("bghtk,bgsk->bhgts", q, key) / math.sqrt(depth)
    out = _attend(scores, value[:, None])
    return ops.reshape(out, (batch, heads, length, depth))


def wrong_17(query, key, value):
    """Averages keys and values over the groups, as when converting a model. Wrong on: G > 1."""
    heads = query.shape[1]
    key = ops.repeat(ops.mean(key, axis=1, keepdims=True), heads, axis=1)
    value = ops.repeat(ops.mean(value, axis=1, keepdims=True), heads, axis=1)
    return _attend(_scores(query, key), value)


def wrong_18(query, key, value):
    """Takes off the maximum of past and future, sums vanish. Wrong on: a future score 110 above all past."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    scores = _scores(query, key)
    powers = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    powers = powers * ops.cast(_past(query.shape[2]), powers.dtype)
    return ops.matmul(powers / (ops.sum(powers, axis=-1, keepdims=True) + 1e-30), value)


def wrong_19(query, key, value):
    """One softmax over all heads of a group. Wrong on: G < N."""
    batch, heads, length, depth = query.shape
    groups = key.shape[1]
    share = heads // groups
    q = ops.reshape(query, (batch, groups, share, length, depth))
    scores = ops.einsum("bghtk,bgsk->bgths", q, key) / math.sqrt(depth)
    allowed = _past(length)[:, None, :]
    scores = ops.where(allowed, scores, ops.full_like(scores, -np.inf))
    alpha = ops.softmax(ops.reshape(scores, (batch, groups, length, share * length)), axis=-1)
    alpha = ops.reshape(alpha, (batch, groups, length, share, length))
    return ops.reshape(ops.einsum("bgths,bgsk->bghtk", alpha, value), (batch, heads, length, depth))


def wrong_20(query, key, value):
    """Averages the queries of a group and repeats what they read. Wrong on: G < N, T > 1."""
    batch, heads, length, depth = query.shape
    groups = key.shape[1]
    q = ops.mean(ops.reshape(query, (batch, groups, heads // groups, length, depth)), axis=2)
    return ops.repeat(_attend(_scores(q, key), value), heads // groups, axis=1)


def wrong_21(query, key, value):
    """Cuts scores off at 50 so that exp is safe. Wrong on: scores above 50 that differ."""
    key, value = _spread(key, query.shape[1]), _spread(value, query.shape[1])
    powers = ops.exp(ops.clip(_scores(query, key), -50.0, 50.0))
    powers = powers * ops.cast(_past(query.shape[2]), powers.dtype)
    return ops.matmul(powers / ops.sum(powers, axis=-1, keepdims=True), value)
