import keras
import numpy as np
from keras import ops


def right_1(layers, weights, scale):
    """Softmax, then a contraction over the first axis."""
    return scale * ops.tensordot(ops.softmax(weights), layers, axes=[[0], [0]])


def right_2(layers, weights, scale):
    """A loop over layers, with the shares from differences to the largest weight."""
    shares = ops.exp(weights - ops.max(weights))
    shares = shares / ops.sum(shares)
    total = ops.zeros_like(layers[0])
    for j in range(layers.shape[0]):
        total = total + shares[j] * layers[j]
    return total * scale


def right_3(layers, weights, scale):
    """One row times a matrix whose rows are the flattened layers."""
    num_layers, *rest = layers.shape
    share = keras.activations.softmax(ops.reshape(weights, (1, num_layers)))
    flat = ops.matmul(share * scale, ops.reshape(layers, (num_layers, -1)))
    return ops.reshape(flat, tuple(rest))


def right_4(layers, weights, scale):
    """NumPy in double precision: s_j = 1 / sum_i exp(w_i - w_j)."""
    w = np.asarray(ops.convert_to_numpy(weights), dtype=np.float64)
    h = np.asarray(ops.convert_to_numpy(layers), dtype=np.float64)
    with np.errstate(over="ignore"):
        s = 1.0 / np.exp(w[None, :] - w[:, None]).sum(axis=1)
    mix = float(ops.convert_to_numpy(scale)) * np.einsum("l,lbtd->btd", s, h)
    return ops.convert_to_tensor(mix, dtype=layers.dtype)


def wrong_1(layers, weights, scale):
    """The softmax is left out. Wrong on: weights that are no distribution."""
    return scale * ops.einsum("l,lbtd->btd", weights, layers)


def wrong_2(layers, weights, scale):
    """A softmax by hand that overflows. Wrong on: weights above 88."""
    e = ops.exp(weights)
    return scale * ops.einsum("l,lbtd->btd", e / ops.sum(e), layers)


def wrong_3(layers, weights, scale):
    """The scale is ignored. Wrong on: a scale other than 1."""
    s = ops.reshape(ops.softmax(weights), (-1, 1, 1, 1))
    return ops.sum(s * layers, axis=0)


def wrong_4(layers, weights, scale):
    """The scale is used as a temperature inside the softmax. Wrong on: a scale other than 1."""
    return ops.tensordot(ops.softmax(scale * weights), layers, axes=[[0], [0]])


def wrong_5(layers, weights, scale):
    """A mean over layers in place of the sum, so one division by L too many. Wrong on: L > 1."""
    s = ops.reshape(ops.softmax(weights), (-1, 1, 1, 1))
    return scale * ops.mean(s * layers, axis=0)


def wrong_6(layers, weights, scale):
    """The softmax runs over an axis of size 1, so that all shares are 1. Wrong on: L > 1."""
    w = ops.softmax(ops.reshape(weights, (-1, 1, 1, 1)), axis=-1)
    return scale * ops.sum(w * layers, axis=0)


def wrong_7(layers, weights, scale):
    """Overflow is avoided by cutting weights off at 80. Wrong on: two different weights above 80."""
    e = ops.exp(ops.clip(weights, -80.0, 80.0))
    return scale * ops.einsum("l,lbtd->btd", e / ops.sum(e), layers)


def wrong_8(layers, weights, scale):
    """Layers are counted from the top. Wrong on: weights that are not a palindrome."""
    return scale * ops.einsum("l,lbtd->btd", ops.softmax(weights), ops.flip(layers, axis=0))


def wrong_9(layers, weights, scale):
    """The one layer of the largest weight is taken. Wrong on: weights near each other."""
    return scale * layers[int(ops.argmax(weights))]


def wrong_10(layers, weights, scale):
    """Each layer is normalised first (an option in ELMo's code). Wrong on: outputs of other mean or size."""
    mean = ops.mean(layers, axis=-1, keepdims=True)
    spread = ops.std(layers, axis=-1, keepdims=True) + 1e-6
    return scale * ops.einsum("l,lbtd->btd", ops.softmax(weights), (layers - mean) / spread)


def wrong_11(layers, weights, scale):
    """Shares are w / sum(w), without exp. Wrong on: unequal weights, worst with signs mixed."""
    s = weights / (ops.sum(weights) + 1e-9)
    return scale * ops.einsum("l,lbtd->btd", s, layers)


def wrong_12(layers, weights, scale):
    """The softmax is applied to weighted outputs instead of weights. Wrong on: nearly all inputs."""
    weighted = layers * ops.reshape(weights, (-1, 1, 1, 1))
    return scale * ops.sum(ops.softmax(weighted, axis=0) * layers, axis=0)


def wrong_13(layers, weights, scale):
    """The lowest layer is left out as mere embeddings. Wrong on: L > 1 with a share for the first layer."""
    if layers.shape[0] == 1:
        return scale * layers[0]
    return scale * ops.einsum("l,lbtd->btd", ops.softmax(weights[1:]), layers[1:])


def wrong_14(layers, weights, scale):
    """The mean weight is subtracted, not the largest. Wrong on: one weight 90 or more above the mean."""
    e = ops.exp(weights - ops.mean(weights))
    return scale * ops.einsum("l,lbtd->btd", e / ops.sum(e), layers)


def wrong_15(layers, weights, scale):
    """Every layer gets a gate of its own, sigmoid for softmax. Wrong on: gates that do not add up to 1."""
    return scale * ops.einsum("l,lbtd->btd", ops.sigmoid(weights), layers)


def wrong_16(layers, weights, scale):
    """The scale is kept from being negative. Wrong on: a scale below 0."""
    return ops.relu(scale) * ops.einsum("l,lbtd->btd", ops.softmax(weights), layers)


def wrong_17(layers, weights, scale):
    """The scale goes to the last layer only. Wrong on: a scale other than 1 and L > 1."""
    s = ops.softmax(weights)
    mix = scale * s[-1] * layers[-1]
    for j in range(layers.shape[0] - 1):
        mix = mix + s[j] * layers[j]
    return mix
