"""Wrong answers to `residual_block` beside its mutants."""

from keras import ops


def _norm(x, scale, shift, epsilon=1e-5):
    mean, variance = ops.moments(x, axes=-1, keepdims=True)
    return scale * (x - mean) / ops.sqrt(variance + epsilon) + shift


def _drop(x, kept, rate, training):
    return ops.where(kept, x / (1 - rate), 0.0) if training else x


def _answer(inputs, kernel, norm, norm_place, drop, bend=ops.relu):
    x = norm(inputs) if norm_place == "pre" else inputs
    x = inputs + drop(bend(ops.matmul(x, kernel)))
    return x if norm_place == "pre" else norm(x)


def place_ignored__always_post(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = inputs + _drop(ops.relu(ops.matmul(inputs, kernel)), kept, rate, training)
    return _norm(x, scale, shift)


def epsilon_of_its_own__of_other_libraries(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _answer(
        inputs,
        kernel,
        lambda x: _norm(x, scale, shift, 1e-6),
        norm_place,
        lambda x: _drop(x, kept, rate, training),
    )


def kernel_transposed(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _answer(
        inputs,
        ops.transpose(kernel),
        lambda x: _norm(x, scale, shift),
        norm_place,
        lambda x: _drop(x, kept, rate, training),
    )


def activation_behind_the_sum(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = ops.relu(inputs + _drop(ops.matmul(x, kernel), kept, rate, training))
    return x if norm_place == "pre" else _norm(x, scale, shift)


def other_activation(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _answer(
        inputs,
        kernel,
        lambda x: _norm(x, scale, shift),
        norm_place,
        lambda x: _drop(x, kept, rate, training),
        ops.leaky_relu,
    )


def scale_and_shift_left_out(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    return _answer(
        inputs, kernel, lambda x: _norm(x, 1, 0), norm_place, lambda x: _drop(x, kept, rate, training)
    )


def multiplied_by_the_share_kept(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return ops.where(kept, x * (1 - rate), 0.0) if training else x

    return _answer(inputs, kernel, lambda x: _norm(x, scale, shift), norm_place, drop)


def training_looked_at_in_post_alone(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return _drop(x, kept, rate, training and norm_place == "post")

    return _answer(inputs, kernel, lambda x: _norm(x, scale, shift), norm_place, drop)


def rescaled_at_inference_too(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def drop(x):
        return _drop(x, kept, rate, True) if training else x / (1 - rate)

    return _answer(inputs, kernel, lambda x: _norm(x, scale, shift), norm_place, drop)


def residual_halved(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = _norm(inputs, scale, shift) if norm_place == "pre" else inputs
    x = (inputs + _drop(ops.relu(ops.matmul(x, kernel)), kept, rate, training)) / 2
    return x if norm_place == "pre" else _norm(x, scale, shift)


def residual_missing_in_post_alone(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    if norm_place == "post":
        return _norm(_drop(ops.relu(ops.matmul(inputs, kernel)), kept, rate, training), scale, shift)
    x = ops.matmul(_norm(inputs, scale, shift), kernel)
    return inputs + _drop(ops.relu(x), kept, rate, training)


def whole_sentences_dropped(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    kept = ops.broadcast_to(kept[:, :1, :1], kept.shape)
    return _answer(
        inputs,
        kernel,
        lambda x: _norm(x, scale, shift),
        norm_place,
        lambda x: _drop(x, kept, rate, training),
    )


def normalised_over_positions(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    def norm(x):
        mean, variance = ops.moments(x, axes=1, keepdims=True)
        return scale * (x - mean) / ops.sqrt(variance + 1e-5) + shift

    return _answer(inputs, kernel, norm, norm_place, lambda x: _drop(x, kept, rate, training))
