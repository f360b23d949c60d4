"""Right answers to `scaled_dot_product_attention` in other styles."""

import numpy as np
from keras import ops


def as_a_list(query, key, value, mask):
    scores = ops.einsum("btk,bsk->bts", query, key) / np.sqrt(key.shape[-1])
    weights = ops.softmax(ops.where(mask, scores, -1e30))
    weights = ops.where(mask, weights, ops.zeros_like(weights))
    return [ops.einsum("bts,bsv->btv", weights, value), weights]


def in_numpy(query, key, value, mask):
    query, key, value = map(np.asarray, (query, key, value))
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
    mask = np.broadcast_to(np.asarray(mask), scores.shape)
    largest = np.where(mask, scores, -np.inf).max(axis=-1, keepdims=True, initial=-1e30)
    exponentials = np.where(mask, np.exp(np.minimum(scores - largest, 0)), 0)
    weights = exponentials / np.maximum(exponentials.sum(axis=-1, keepdims=True), 1e-12)
    return weights @ value, weights


def query_and_key_scaled(query, key, value, mask):
    root = query.shape[-1] ** 0.25
    scores = ops.matmul(query / root, ops.transpose(key / root, (0, 2, 1)))
    weights = ops.softmax(scores + ops.where(mask, 0.0, -1e9), axis=-1)
    weights = weights * ops.cast(ops.any(mask, axis=-1, keepdims=True), "float32")
    return ops.matmul(weights, value), weights


def infinity_then_zeros(query, key, value, mask):
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) * query.shape[-1] ** -0.5
    weights = ops.nan_to_num(ops.softmax(ops.where(mask, scores, -float("inf"))))
    return ops.matmul(weights, value), weights


def sentence_by_sentence(query, key, value, mask):
    mask = ops.broadcast_to(mask, (*query.shape[:2], key.shape[1]))
    contexts, maps = [], []
    for b in range(query.shape[0]):
        scores = ops.matmul(query[b], ops.transpose(key[b])) / query.shape[-1] ** 0.5
        weights = ops.softmax(ops.where(mask[b], scores, -1e9)) * ops.cast(mask[b], "float32")
        maps.append(weights)
        contexts.append(ops.matmul(weights, value[b]))
    return ops.stack(contexts), ops.stack(maps)
