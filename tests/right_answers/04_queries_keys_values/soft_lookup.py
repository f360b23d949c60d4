"""Right answers to `soft_lookup` in other styles."""

import numpy as np
from keras import ops


def shifted_by_hand(query, keys, values, temperature):
    scores = ops.sum(keys * query, axis=-1) / temperature
    exponentials = ops.exp(scores - ops.max(scores))
    return ops.sum(exponentials[:, None] * values, axis=0) / ops.sum(exponentials)


def in_numpy(query, keys, values, temperature):
    scores = np.asarray(keys, dtype="float64") @ np.asarray(query) / temperature
    weights = np.exp(scores - scores.max())
    return weights @ np.asarray(values) / weights.sum()


def as_a_list(query, keys, values, temperature):
    query, keys, values = (ops.convert_to_numpy(array).tolist() for array in (query, keys, values))
    scores = [sum(q * k for q, k in zip(query, key, strict=True)) / temperature for key in keys]
    weights = [np.exp(score - max(scores)) for score in scores]
    total = sum(weights)
    return [
        sum(weight * value[column] for weight, value in zip(weights, values, strict=True)) / total
        for column in range(len(values[0]))
    ]


def einsum_of_a_warmed_query(query, keys, values, temperature):
    weights = ops.softmax(ops.einsum("d,sd->s", query / temperature, keys))
    return ops.einsum("s,sv->v", weights, values)


def logarithms_of_weights(query, keys, values, temperature):
    scores = ops.dot(keys, query) * (1 / temperature)
    return ops.tensordot(ops.exp(scores - ops.logsumexp(scores)), values, axes=1)
