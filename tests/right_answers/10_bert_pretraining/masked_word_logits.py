"""Right answers to `masked_word_logits` in other styles."""

import math

import keras
import numpy as np
from keras import ops


def in_numpy(sequence, positions, weights, embeddings):
    weights = {name: np.asarray(weight, "float64") for name, weight in weights.items()}
    sequence, positions = np.asarray(sequence, "float64"), np.asarray(positions)
    hidden = sequence[np.arange(len(sequence))[:, None], positions] @ weights["kernel"]
    hidden += weights["kernel_bias"]
    hidden = hidden / 2 * (1 + np.vectorize(math.erf)(hidden / np.sqrt(2)))
    hidden -= hidden.mean(-1, keepdims=True)
    hidden /= np.sqrt((hidden**2).mean(-1, keepdims=True) + 1e-12)
    hidden = weights["scale"] * hidden + weights["shift"]
    return hidden @ np.asarray(embeddings, "float64").T + weights["bias"]


def with_products(sequence, positions, weights, embeddings):
    at = ops.one_hot(positions, sequence.shape[1])  # (B, M, T)
    h = ops.einsum("bmt,btd,de->bme", at, sequence, weights["kernel"]) + weights["kernel_bias"]
    h = 0.5 * h * (1 + ops.erf(h / 2**0.5))
    mean, variance = ops.moments(h, axes=[-1], keepdims=True)
    h = (h - mean) * ops.rsqrt(variance + 1e-12) * weights["scale"] + weights["shift"]
    return ops.einsum("bmd,vd->bmv", h, embeddings) + weights["bias"]


def all_positions_first(sequence, positions, weights, embeddings):
    hidden = ops.gelu(ops.dot(sequence, weights["kernel"]) + weights["kernel_bias"], approximate=False)
    norm = keras.layers.LayerNormalization(epsilon=1e-12)
    norm.build(hidden.shape)
    norm.set_weights([np.asarray(weights["scale"]), np.asarray(weights["shift"])])
    logits = norm(hidden) @ ops.transpose(embeddings) + weights["bias"]
    return ops.take_along_axis(logits, ops.expand_dims(positions, -1), axis=1)


def flattened(sequence, positions, weights, embeddings):
    batch, length, width = sequence.shape
    rows = ops.reshape(positions + length * ops.arange(batch, dtype="int32")[:, None], (-1,))
    h = ops.take(ops.reshape(sequence, (batch * length, width)), rows, axis=0)
    h = keras.activations.gelu(ops.matmul(h, weights["kernel"]) + weights["kernel_bias"], approximate=False)
    centred = h - ops.mean(h, axis=1, keepdims=True)
    h = centred / ops.sqrt(ops.mean(centred * centred, axis=1, keepdims=True) + 1e-12)
    h = h * weights["scale"] + weights["shift"]
    logits = ops.transpose(ops.matmul(embeddings, ops.transpose(h))) + weights["bias"]
    return ops.reshape(logits, (batch, -1, len(embeddings)))


def sequence_by_sequence(sequence, positions, weights, embeddings):
    logits = []
    for row, at in zip(sequence, positions, strict=True):
        h = ops.matmul(ops.take(row, at, axis=0), weights["kernel"]) + weights["kernel_bias"]
        h = h * (1 + ops.erf(h / math.sqrt(2))) / 2
        h = (h - ops.mean(h, -1, keepdims=True)) / ops.sqrt(ops.var(h, -1, keepdims=True) + 1e-12)
        h = h * weights["scale"] + weights["shift"]
        logits.append(ops.sum(h[:, None] * embeddings, axis=-1) + weights["bias"])
    return ops.stack(logits)
