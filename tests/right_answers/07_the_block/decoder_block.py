"""Right answers to `decoder_block` in other styles."""

import numpy as np
from keras import ops


def _norm(x):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    return centred / ops.sqrt(ops.mean(ops.square(centred), axis=-1, keepdims=True) + 1e-5)


def _attend(query, value, mask, kernels):
    query, key, value = query @ kernels[0], value @ kernels[1], value @ kernels[2]
    scores = query @ ops.swapaxes(key, 1, 2) / key.shape[-1] ** 0.5
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-1) @ value


def _network(x, kernels):
    return ops.relu(x @ kernels[0]) @ kernels[1]


def masks_of_full_shape(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    batch, length, _ = inputs.shape
    past = ops.tril(ops.ones((batch, length, length), dtype="bool"))
    seen = ops.repeat(ops.expand_dims(memory_mask, 1), length, axis=1)
    x = inputs
    ready = _norm(x)
    x += _attend(ready, ready, past, causal_kernels)
    x += _attend(_norm(x), memory, seen, cross_kernels)
    x += _network(_norm(x), network_kernels)
    return x


def mask_in_numpy(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    past = np.tri(inputs.shape[1], dtype=bool)
    x = inputs + _attend(_norm(inputs), _norm(inputs), past, causal_kernels)
    x = x + _attend(_norm(x), memory, np.asarray(memory_mask)[:, np.newaxis], cross_kernels)
    return np.asarray(x + _network(_norm(x), network_kernels))


def a_loop_over_the_parts(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    rows = ops.arange(inputs.shape[1])
    parts = (
        lambda ready: _attend(ready, ready, ops.greater_equal(rows[:, None], rows), causal_kernels),
        lambda ready: _attend(ready, memory, ops.reshape(memory_mask, (len(memory), 1, -1)), cross_kernels),
        lambda ready: _network(ready, network_kernels),
    )
    x = inputs
    for part in parts:
        x = x + part(_norm(x))
    return x


def in_numpy(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    def norm(x):
        return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)

    def attend(query, value, mask, kernels):
        query_kernel, key_kernel, value_kernel = map(np.asarray, kernels)
        scores = query @ query_kernel @ (value @ key_kernel).transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
        return exponentials / exponentials.sum(axis=-1, keepdims=True) @ (value @ value_kernel)

    x, memory, memory_mask = np.asarray(inputs, "float64"), np.asarray(memory), np.asarray(memory_mask)
    x = x + attend(norm(x), norm(x), np.tri(x.shape[1]), causal_kernels)
    x = x + attend(norm(x), memory, memory_mask[:, None, :], cross_kernels)
    return x + np.maximum(norm(x) @ np.asarray(network_kernels[0]), 0) @ np.asarray(network_kernels[1])
