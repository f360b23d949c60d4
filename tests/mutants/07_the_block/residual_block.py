"""Wrong answers to `residual_block`, each named after the mistake it makes."""

from keras import ops


def _norm(x, scale, shift):
    mean, variance = ops.moments(x, axes=-1, keepdims=True)
    return scale * (x - mean) / ops.sqrt(variance + 1e-5) + shift


def _layer(x, kernel):
    return ops.relu(ops.matmul(x, kernel))


def _drop(x, kept, rate, training):
    return ops.where(kept, x / (1 - rate), 0.0) if training else x


def norm_on_wrong_side(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    outputs = _norm(inputs, scale, shift) if norm_place == "post" else inputs
    outputs = inputs + _drop(_layer(outputs, kernel), kept, rate, training)
    return outputs if norm_place == "post" else _norm(outputs, scale, shift)


def place_ignored(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return inputs + _drop(_layer(_norm(inputs, scale, shift), kernel), kept, rate, training)


def residual_from_normalised(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = x + _drop(_layer(x, kernel), kept, rate, training)
    return x if norm_place == "pre" else _norm(x, scale, shift)


def residual_missing(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = _drop(_layer(x, kernel), kept, rate, training)
    return x if norm_place == "pre" else _norm(x, scale, shift)


def norm_inside_the_sum(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    if norm_place == "pre":
        return inputs + _drop(_layer(_norm(inputs, scale, shift), kernel), kept, rate, training)
    return inputs + _norm(_drop(_layer(inputs, kernel), kept, rate, training), scale, shift)


def norm_twice(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    outputs = _layer(_norm(inputs, scale, shift), kernel)
    return _norm(inputs + _drop(outputs, kept, rate, training), scale, shift)


def norm_missing(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return inputs + _drop(_layer(inputs, kernel), kept, rate, training)


def _with(drop, inputs, kernel, scale, shift, norm_place):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = inputs + drop(_layer(x, kernel))
    return x if norm_place == "pre" else _norm(x, scale, shift)


def dropout_at_inference(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _with(lambda x: _drop(x, kept, rate, True), inputs, kernel, scale, shift, norm_place)


def dropout_not_rescaled(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return ops.where(kept, x, 0.0) if training else x

    return _with(drop, inputs, kernel, scale, shift, norm_place)


def dropout_scaled_by_rate(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return ops.where(kept, x / rate, 0.0) if training else x

    return _with(drop, inputs, kernel, scale, shift, norm_place)


def dropout_missing(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _with(lambda x: x, inputs, kernel, scale, shift, norm_place)


def dropout_inverted(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return _drop(x, ops.logical_not(kept), rate, training)

    return _with(drop, inputs, kernel, scale, shift, norm_place)


def dropout_on_the_sum(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = _drop(inputs + _layer(x, kernel), kept, rate, training)
    return x if norm_place == "pre" else _norm(x, scale, shift)


def activation_missing(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = inputs + _drop(ops.matmul(x, kernel), kept, rate, training)
    return x if norm_place == "pre" else _norm(x, scale, shift)


def epsilon_of_its_own(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def norm(x):
        mean, variance = ops.moments(x, axes=-1, keepdims=True)
        return scale * (x - mean) / ops.sqrt(variance + 1e-3) + shift

    x = norm(inputs) if norm_place == "pre" else inputs
    x = inputs + _drop(_layer(x, kernel), kept, rate, training)
    return x if norm_place == "pre" else norm(x)


def dropout_scaled_at_inference(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return ops.where(kept, x, 0.0) if training else x * (1 - rate)

    return _with(drop, inputs, kernel, scale, shift, norm_place)


def dropout_before_the_layer(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = inputs + _layer(_drop(x, kept, rate, training), kernel)
    return x if norm_place == "pre" else _norm(x, scale, shift)
