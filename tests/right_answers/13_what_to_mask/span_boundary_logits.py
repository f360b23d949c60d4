"""Right answers to `span_boundary_logits` in other styles."""

import math

import keras
import numpy as np
from keras import ops


def in_numpy(sequence, left, right, places, weights, embeddings):
    sequence, left, right, places, embeddings = (
        np.array(array) for array in (sequence, left, right, places, embeddings)
    )
    weights = {name: np.array(array, "float64") for name, array in weights.items()}
    answers = []
    for row, *positions in zip(sequence.astype("float64"), left, right, places, strict=True):
        slots = []
        for before, behind, place in zip(*positions, strict=True):
            hidden = np.concatenate([row[before], row[behind], weights["places"][place - 1]])
            for number in "12":
                hidden = hidden @ weights[f"kernel_{number}"] + weights[f"bias_{number}"]
                hidden = np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in hidden])
                hidden = (hidden - hidden.mean()) / np.sqrt(hidden.var() + 1e-12)
                hidden = hidden * weights[f"scale_{number}"] + weights[f"shift_{number}"]
            slots.append(embeddings @ hidden + weights["bias"])
        answers.append(slots)
    return np.array(answers)


def by_parts_of_the_kernel(sequence, left, right, places, weights, embeddings):
    dim = sequence.shape[-1]
    of_left, of_right, of_place = (
        weights["kernel_1"][:dim],
        weights["kernel_1"][dim : 2 * dim],
        weights["kernel_1"][2 * dim :],
    )
    one_left = ops.one_hot(left, sequence.shape[1])  # (B, M, T)
    one_right = ops.one_hot(right, sequence.shape[1])
    one_place = ops.one_hot(places - 1, weights["places"].shape[0])
    hidden = (
        ops.einsum("bmt,btd,de->bme", one_left, sequence, of_left)
        + ops.einsum("bmt,btd,de->bme", one_right, sequence, of_right)
        + ops.einsum("bml,lq,qe->bme", one_place, weights["places"], of_place)
        + weights["bias_1"]
    )
    for number in (1, 2):
        if number == 2:
            hidden = hidden @ weights["kernel_2"] + weights["bias_2"]
        hidden = 0.5 * hidden * (1 + ops.erf(hidden / math.sqrt(2)))
        mean, variance = ops.moments(hidden, axes=[-1], keepdims=True)
        hidden = (hidden - mean) * ops.rsqrt(variance + 1e-12)
        hidden = hidden * weights[f"scale_{number}"] + weights[f"shift_{number}"]
    return ops.einsum("bme,ve->bmv", hidden, embeddings) + weights["bias"]


def with_layers(sequence, left, right, places, weights, embeddings):
    def at(positions):
        return ops.stack(
            [ops.take(row, where, axis=0) for row, where in zip(sequence, positions, strict=True)]
        )

    table = weights["places"]
    hidden = ops.concatenate([at(left), at(right), ops.take(table, places - 1, axis=0)], axis=-1)
    for number in (1, 2):
        dense = keras.layers.Dense(sequence.shape[-1], activation="gelu")
        norm = keras.layers.LayerNormalization(epsilon=1e-12)
        dense.build(hidden.shape)
        dense.set_weights([weights[f"kernel_{number}"], weights[f"bias_{number}"]])
        hidden = dense(hidden)
        norm.build(hidden.shape)
        norm.set_weights([weights[f"scale_{number}"], weights[f"shift_{number}"]])
        hidden = norm(hidden)
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]
