"""Wrong answers to `layer_norm`, each named after the mistake it makes."""

from keras import ops


def _over(axes, inputs, scale, shift, epsilon):
    mean = ops.mean(inputs, axis=axes, keepdims=True)
    variance = ops.var(inputs, axis=axes, keepdims=True)
    return scale * (inputs - mean) / ops.sqrt(variance + epsilon) + shift


def over_positions(inputs, scale, shift, epsilon):
    return _over(1, inputs, scale, shift, epsilon)


def batch_statistics(inputs, scale, shift, epsilon):
    return _over((0, 1), inputs, scale, shift, epsilon)


def whole_sentence(inputs, scale, shift, epsilon):
    return _over((1, 2), inputs, scale, shift, epsilon)


def unbiased_variance(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    variance = ops.sum(centred**2, axis=-1, keepdims=True) / (inputs.shape[-1] - 1)
    return scale * centred / ops.sqrt(variance + epsilon) + shift


def epsilon_outside(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return scale * centred / (ops.std(inputs, axis=-1, keepdims=True) + epsilon) + shift


def epsilon_missing(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True)) + shift


def root_missing(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return scale * centred / (ops.mean(centred**2, axis=-1, keepdims=True) + epsilon) + shift


def mean_kept(inputs, scale, shift, epsilon):
    return scale * inputs / ops.sqrt(ops.mean(inputs**2, axis=-1, keepdims=True) + epsilon) + shift


def scale_and_shift_swapped(inputs, scale, shift, epsilon):
    return _over(-1, inputs, shift, scale, epsilon)


def shift_inside(inputs, scale, shift, epsilon):
    mean, variance = ops.moments(inputs, axes=-1, keepdims=True)
    return scale * ((inputs - mean) / ops.sqrt(variance + epsilon) + shift)


def shift_forgotten(inputs, scale, shift, epsilon):
    return _over(-1, inputs, scale, 0.0, epsilon)


def scale_forgotten(inputs, scale, shift, epsilon):
    return _over(-1, inputs, 1.0, shift, epsilon)


def epsilon_of_its_own(inputs, scale, shift, epsilon):
    return _over(-1, inputs, scale, shift, 1e-3)


def squares_summed(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(ops.sum(centred**2, axis=-1, keepdims=True) + epsilon) + shift
