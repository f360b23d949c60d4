import math

import keras
import numpy as np
from keras import ops


def wrong_1(inputs, scale, shift, epsilon):
    """Adds epsilon to the standard deviation, outside the root. Wrong on: a small variance or an epsilon that is not tiny."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    deviation = ops.sqrt(ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True))
    return scale * (inputs - mean) / (deviation + epsilon) + shift


def wrong_2(inputs, scale, shift, epsilon):
    """Statistics over positions and width together; wrong from T = 2 on."""
    mean = ops.mean(inputs, axis=(1, 2), keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=(1, 2), keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance + epsilon) + shift


def wrong_3(inputs, scale, shift, epsilon):
    """Statistics over the positions (axis 1), not over the width; wrong on almost any input."""
    mean = ops.mean(inputs, axis=1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=1, keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance + epsilon) + shift


def wrong_4(inputs, scale, shift, epsilon):
    """Divides by D - 1 in the variance; wrong on almost any input."""
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.sum(ops.square(centred), axis=-1, keepdims=True) / (inputs.shape[-1] - 1)
    return scale * centred / ops.sqrt(variance + epsilon) + shift


def wrong_5(inputs, scale, shift, epsilon):
    """No epsilon: nan for a vector whose entries are all equal."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance) + shift


def wrong_6(inputs, scale, shift, epsilon):
    """Divides by the variance, not by its root; wrong on almost any input."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True)
    return scale * (inputs - mean) / (variance + epsilon) + shift


def wrong_7(inputs, scale, shift, epsilon):
    """Does not take the mean off (RMS normalisation); wrong on almost any input."""
    power = ops.mean(ops.square(inputs), axis=-1, keepdims=True)
    return scale * inputs / ops.sqrt(power + epsilon) + shift


def wrong_8(inputs, scale, shift, epsilon):
    """Shifts before it scales: scale times (x + shift); wrong on almost any input."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True)
    return scale * ((inputs - mean) / ops.sqrt(variance + epsilon) + shift)


def wrong_9(inputs, scale, shift, epsilon):
    """Ignores its epsilon and always takes 1e-5; wrong where variances are small or epsilon is not."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance + 1e-5) + shift


def wrong_10(inputs, scale, shift, epsilon):
    """Forgets the shift; wrong on almost any input."""
    mean = ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(inputs - mean), axis=-1, keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance + epsilon)


def right_1(inputs, scale, shift, epsilon):
    """NumPy."""
    x, gamma, beta = np.asarray(inputs), np.asarray(scale), np.asarray(shift)
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + np.float32(epsilon))
    return (x - x.mean(axis=-1, keepdims=True)) / deviation * gamma + beta


def right_2(inputs, scale, shift, epsilon):
    """ops.moments and rsqrt."""
    mean, variance = ops.moments(inputs, axes=[2], keepdims=True)
    centred = inputs - mean
    variance = ops.mean(centred * centred, axis=2, keepdims=True)
    return centred * (ops.rsqrt(variance + epsilon) * scale) + shift


def right_3(inputs, scale, shift, epsilon):
    """Loops in pure Python."""
    gamma, beta = np.asarray(scale).tolist(), np.asarray(shift).tolist()

    def one(row):
        mean = sum(row) / len(row)
        variance = sum((x - mean) ** 2 for x in row) / len(row)
        return [g * (x - mean) / math.sqrt(variance + epsilon) + b for g, x, b in zip(gamma, row, beta)]

    rows = [[one(row) for row in sentence] for sentence in np.asarray(inputs).tolist()]
    return ops.convert_to_tensor(rows, dtype="float32")


def right_4(inputs, scale, shift, epsilon):
    """The layer of Keras, its weights set."""
    layer = keras.layers.LayerNormalization(epsilon=epsilon)
    layer.build(tuple(inputs.shape))
    layer.gamma.assign(scale)
    layer.beta.assign(shift)
    return layer(inputs)
