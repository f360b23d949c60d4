import numpy as np
from keras import ops


def layer_norm(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(variance + epsilon) + shift


def wrong_1(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Pre and post are swapped; wrong on almost any input."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "post" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs / (1 - rate), 0.0)
    outputs = inputs + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "pre" else outputs


def wrong_2(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Drops without dividing by 1 - rate. Wrong on: training at a rate above 0."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs, 0.0)
    outputs = inputs + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_3(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Drops out of training, too: ignores the argument. Wrong on: training False."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = inputs + ops.where(kept, ops.relu(ops.matmul(x, kernel)) / (1 - rate), 0.0)
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_4(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Drops after the sum, from the residual path as well; wrong in training."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = inputs + ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs / (1 - rate), 0.0)
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_5(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Pre-norm adds to the normalised input, not to the input itself. Wrong on: norm_place "pre"."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs / (1 - rate), 0.0)
    outputs = x + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_6(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Post normalises the layer's output before the sum, not the sum. Wrong on: norm_place "post"."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs / (1 - rate), 0.0)
    if norm_place == "post":
        outputs = layer_norm(outputs, scale, shift, 1e-5)
    return inputs + outputs


def wrong_7(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Divides by the rate instead of by 1 minus it; infinite at a rate of 0. Wrong on: training."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, outputs / rate, 0.0)
    outputs = inputs + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_8(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Drops where kept is True."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    if training:
        outputs = ops.where(kept, 0.0, outputs / (1 - rate))
    outputs = inputs + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_9(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Scales by 1 - rate when it is not training: dropout of the old kind."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    outputs = ops.relu(ops.matmul(x, kernel))
    outputs = ops.where(kept, outputs, 0.0) if training else outputs * (1 - rate)
    outputs = inputs + outputs
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def wrong_10(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Drops entries of the layer's input, before the product. Wrong on: training at a rate above 0."""
    x = layer_norm(inputs, scale, shift, 1e-5) if norm_place == "pre" else inputs
    if training:
        x = ops.where(kept, x / (1 - rate), 0.0)
    outputs = inputs + ops.relu(ops.matmul(x, kernel))
    return layer_norm(outputs, scale, shift, 1e-5) if norm_place == "post" else outputs


def right_1(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """Keras ops with inner functions, two branches."""

    def f(x):
        y = ops.relu(ops.matmul(x, kernel))
        return ops.where(kept, y / (1.0 - rate), ops.zeros_like(y)) if training else y

    if norm_place == "pre":
        return inputs + f(layer_norm(inputs, scale, shift, 1e-5))
    return layer_norm(inputs + f(inputs), scale, shift, 1e-5)


def right_2(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """NumPy with a normalisation of its own."""
    x, w, g, b, m = (np.asarray(a) for a in (inputs, kernel, scale, shift, kept))

    def norm(y):
        y = y - y.mean(-1, keepdims=True)
        return g * y / np.sqrt((y * y).mean(-1, keepdims=True) + np.float32(1e-5)) + b

    before, after = (norm, lambda y: y) if norm_place == "pre" else (lambda y: y, norm)
    layer = np.maximum(0, before(x) @ w)
    if training:
        layer = layer * m / np.float32(1 - rate)
    return after(x + layer)


def right_3(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    """One factor for every entry, einsum, both normalisations computed."""
    factor = ops.cast(kept, inputs.dtype) / (1 - rate) if training else ops.ones_like(inputs)
    is_pre = norm_place == "pre"
    normed = layer_norm(inputs, scale, shift, epsilon=1e-5)
    hidden = ops.einsum("btd,de->bte", normed if is_pre else inputs, kernel)
    total = ops.maximum(hidden, 0.0) * factor + inputs
    return total if is_pre else layer_norm(total, scale, shift, epsilon=1e-5)
