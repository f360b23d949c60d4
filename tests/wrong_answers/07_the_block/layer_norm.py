"""Wrong answers to `layer_norm` beside its mutants."""

from keras import ops


def _centred(inputs):
    return inputs - ops.mean(inputs, axis=-1, keepdims=True)


def epsilon_of_its_own__tiny(inputs, scale, shift, epsilon):
    return scale * _centred(inputs) / ops.sqrt(ops.var(inputs, axis=-1, keepdims=True) + 1e-8) + shift


def epsilon_outside__in_the_deviation(inputs, scale, shift, epsilon):
    return scale * _centred(inputs) / (ops.std(inputs, axis=-1, keepdims=True) + epsilon**0.5) + shift


def epsilon_as_least_variance(inputs, scale, shift, epsilon):
    variance = ops.maximum(ops.var(inputs, axis=-1, keepdims=True), epsilon)
    return scale * _centred(inputs) / ops.sqrt(variance) + shift


def epsilon_squared(inputs, scale, shift, epsilon):
    variance = ops.var(inputs, axis=-1, keepdims=True) + epsilon**2
    return scale * _centred(inputs) / ops.sqrt(variance) + shift


def epsilon_above_the_fraction(inputs, scale, shift, epsilon):
    deviation = ops.maximum(ops.std(inputs, axis=-1, keepdims=True), 1e-9)
    return scale * (_centred(inputs) + epsilon) / deviation + shift


def one_added_to_the_scale(inputs, scale, shift, epsilon):
    variance = ops.var(inputs, axis=-1, keepdims=True)
    return (1 + scale) * _centred(inputs) / ops.sqrt(variance + epsilon) + shift


def mean_of_absolute_values(inputs, scale, shift, epsilon):
    spread = ops.mean(ops.abs(_centred(inputs)), axis=-1, keepdims=True)
    return scale * _centred(inputs) / (spread + epsilon) + shift


def from_the_least_to_the_greatest(inputs, scale, shift, epsilon):
    low, high = ops.min(inputs, axis=-1, keepdims=True), ops.max(inputs, axis=-1, keepdims=True)
    return scale * (inputs - low) / (high - low + epsilon) + shift


def scale_below_the_fraction(inputs, scale, shift, epsilon):
    return _centred(inputs) / (scale * ops.sqrt(ops.var(inputs, axis=-1, keepdims=True) + epsilon)) + shift


def mean_of_the_sentence(inputs, scale, shift, epsilon):
    centred = inputs - ops.mean(inputs, axis=(1, 2), keepdims=True)
    return scale * centred / ops.sqrt(ops.var(inputs, axis=-1, keepdims=True) + epsilon) + shift


def shift_subtracted(inputs, scale, shift, epsilon):
    return scale * _centred(inputs) / ops.sqrt(ops.var(inputs, axis=-1, keepdims=True) + epsilon) - shift


def scale_made_positive(inputs, scale, shift, epsilon):
    variance = ops.var(inputs, axis=-1, keepdims=True)
    return ops.abs(scale) * _centred(inputs) / ops.sqrt(variance + epsilon) + shift


def clipped_at_three_deviations(inputs, scale, shift, epsilon):
    normal = _centred(inputs) / ops.sqrt(ops.var(inputs, axis=-1, keepdims=True) + epsilon)
    return scale * ops.clip(normal, -1.0, 1.0) + shift
