"""Wrong answers to `masked_word_logits`, each named after the mistake it makes."""

from keras import ops


def _gather(sequence, positions):
    return ops.take_along_axis(sequence, positions[:, :, None], axis=1)


def _transform(gathered, weights):
    return ops.matmul(gathered, weights["kernel"]) + weights["kernel_bias"]


def _gelu(x):
    return ops.gelu(x, approximate=False)


def _norm(hidden, weights, epsilon=1e-12, axes=-1):
    mean, variance = ops.moments(hidden, axes=axes, keepdims=True)
    return weights["scale"] * (hidden - mean) / ops.sqrt(variance + epsilon) + weights["shift"]


def _compare(normed, weights, embeddings):
    return ops.matmul(normed, ops.transpose(embeddings)) + weights["bias"]


def _of_gathered(gathered, weights, embeddings):
    return _compare(_norm(_gelu(_transform(gathered, weights)), weights), weights, embeddings)


def _normed(sequence, positions, weights):
    return _norm(_gelu(_transform(_gather(sequence, positions), weights)), weights)


def positions_ignored(sequence, positions, weights, embeddings):
    return _of_gathered(sequence, weights, embeddings)


def offset_missing(sequence, positions, weights, embeddings):
    flat = ops.reshape(sequence, (-1, sequence.shape[-1]))
    return _of_gathered(ops.take(flat, positions, axis=0), weights, embeddings)


def first_positions_for_all(sequence, positions, weights, embeddings):
    return _of_gathered(ops.take(sequence, positions[0], axis=1), weights, embeddings)


def batch_axis(sequence, positions, weights, embeddings):
    return _of_gathered(ops.take(sequence, positions, axis=0), weights, embeddings)


def every_sequence_with_all_positions(sequence, positions, weights, embeddings):
    return _of_gathered(ops.take(sequence, positions, axis=1), weights, embeddings)


def transform_missing(sequence, positions, weights, embeddings):
    return _compare(_norm(_gather(sequence, positions), weights), weights, embeddings)


def bias_of_the_transform_missing(sequence, positions, weights, embeddings):
    hidden = _gelu(ops.matmul(_gather(sequence, positions), weights["kernel"]))
    return _compare(_norm(hidden, weights), weights, embeddings)


def kernel_transposed(sequence, positions, weights, embeddings):
    weights = {**weights, "kernel": ops.transpose(weights["kernel"])}
    return _of_gathered(_gather(sequence, positions), weights, embeddings)


def activation_missing(sequence, positions, weights, embeddings):
    hidden = _transform(_gather(sequence, positions), weights)
    return _compare(_norm(hidden, weights), weights, embeddings)


def activation_last(sequence, positions, weights, embeddings):
    hidden = _gelu(_norm(_transform(_gather(sequence, positions), weights), weights))
    return _compare(hidden, weights, embeddings)


def norm_first(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_norm(_gather(sequence, positions), weights), weights))
    return _compare(hidden, weights, embeddings)


def norm_missing(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(hidden, weights, embeddings)


def gelu_by_tanh(sequence, positions, weights, embeddings):
    hidden = ops.gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights), weights, embeddings)


def other_activation(sequence, positions, weights, embeddings):
    hidden = ops.relu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights), weights, embeddings)


def epsilon_too_large(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights, epsilon=1e-3), weights, embeddings)


def epsilon_outside(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    centred = hidden - ops.mean(hidden, axis=-1, keepdims=True)
    normed = centred / (ops.std(hidden, axis=-1, keepdims=True) + 1e-12)
    return _compare(weights["scale"] * normed + weights["shift"], weights, embeddings)


def normalised_over_places(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights, axes=1), weights, embeddings)


def scale_or_shift_forgotten(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, {"scale": 1.0, "shift": 0.0}), weights, embeddings)


def bias_missing(sequence, positions, weights, embeddings):
    return ops.matmul(_normed(sequence, positions, weights), ops.transpose(embeddings))


def bias_twice(sequence, positions, weights, embeddings):
    return _compare(_normed(sequence, positions, weights), weights, embeddings) + weights["bias"]


def table_not_transposed(sequence, positions, weights, embeddings):
    return ops.matmul(_normed(sequence, positions, weights), embeddings) + weights["bias"]


def scaled_like_attention(sequence, positions, weights, embeddings):
    scores = ops.matmul(_normed(sequence, positions, weights), ops.transpose(embeddings))
    return scores / embeddings.shape[1] ** 0.5 + weights["bias"]


def softmax_taken(sequence, positions, weights, embeddings):
    return ops.softmax(_compare(_normed(sequence, positions, weights), weights, embeddings))
