"""Right answers to `layer_norm` in other styles."""

import math

import numpy as np
from keras import ops


def in_numpy(inputs, scale, shift, epsilon):
    x = np.asarray(inputs, dtype="float64")
    normal = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + epsilon)
    return normal * np.asarray(scale) + np.asarray(shift)


def with_moments(inputs, scale, shift, epsilon):
    mean, variance = ops.moments(inputs, axes=[2], keepdims=True)
    return (inputs - mean) * ops.rsqrt(variance + epsilon) * scale + shift


def as_nested_lists(inputs, scale, shift, epsilon):
    scale, shift = np.asarray(scale).tolist(), np.asarray(shift).tolist()

    def vector(x):
        mean = sum(x) / len(x)
        deviation = math.sqrt(sum((number - mean) ** 2 for number in x) / len(x) + epsilon)
        return [g * (number - mean) / deviation + b for number, g, b in zip(x, scale, shift, strict=True)]

    return [[vector(x) for x in sentence] for sentence in np.asarray(inputs).tolist()]


def without_keepdims(inputs, scale, shift, epsilon):
    width = inputs.shape[-1]
    centred = inputs - ops.expand_dims(ops.sum(inputs, axis=2) / width, -1)
    variance = ops.einsum("btd,btd->bt", centred, centred) / width
    return ops.multiply(centred / ops.sqrt(variance + epsilon)[..., None], scale) + shift


def deviation_from_the_library(inputs, scale, shift, epsilon):
    deviation = ops.sqrt(ops.std(inputs, axis=-1, keepdims=True) ** 2 + epsilon)
    return ops.add(scale * ((inputs - ops.mean(inputs, axis=-1, keepdims=True)) / deviation), shift)
