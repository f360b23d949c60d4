"""Wrong answers to `masked_word_logits` beside its mutants."""

import keras
from keras import ops


def _gather(sequence, positions):
    return ops.take_along_axis(sequence, positions[:, :, None], axis=1)


def _transform(gathered, weights):
    return ops.matmul(gathered, weights["kernel"]) + weights["kernel_bias"]


def _gelu(x):
    return ops.gelu(x, approximate=False)


def _norm(hidden, weights, epsilon=1e-12):
    mean, variance = ops.moments(hidden, axes=-1, keepdims=True)
    return weights["scale"] * (hidden - mean) / ops.sqrt(variance + epsilon) + weights["shift"]


def _compare(normed, weights, embeddings):
    return ops.matmul(normed, ops.transpose(embeddings)) + weights["bias"]


def _of_gathered(gathered, weights, embeddings):
    return _compare(_norm(_gelu(_transform(gathered, weights)), weights), weights, embeddings)


def positions_ignored__the_first_ones(sequence, positions, weights, embeddings):
    places = ops.minimum(ops.arange(positions.shape[1]), sequence.shape[1] - 1)
    if positions.shape[1] > sequence.shape[1]:
        return _of_gathered(sequence, weights, embeddings)
    return _of_gathered(ops.take(sequence, places, axis=1), weights, embeddings)


def offset_missing__the_number_of_the_sequence(sequence, positions, weights, embeddings):
    flat = ops.reshape(sequence, (-1, sequence.shape[-1]))
    rows = positions + ops.arange(len(positions), dtype="int32")[:, None]
    return _of_gathered(ops.take(flat, rows, axis=0), weights, embeddings)


def transform_missing__the_product_alone(sequence, positions, weights, embeddings):
    return _compare(_gather(sequence, positions), weights, embeddings)


def epsilon_too_large__as_in_pytorch(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights, epsilon=1e-5), weights, embeddings)


def epsilon_too_large__as_in_the_transformer(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights, epsilon=1e-6), weights, embeddings)


def other_activation__that_of_the_pooler(sequence, positions, weights, embeddings):
    hidden = ops.tanh(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights), weights, embeddings)


def other_activation__silu(sequence, positions, weights, embeddings):
    hidden = ops.silu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights), weights, embeddings)


def softmax_taken__its_logarithm(sequence, positions, weights, embeddings):
    return ops.log_softmax(_of_gathered(_gather(sequence, positions), weights, embeddings))


def scale_or_shift_forgotten__the_shift(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, {**weights, "shift": 0.0}), weights, embeddings)


def scale_or_shift_forgotten__the_layer_of_keras(sequence, positions, weights, embeddings):
    hidden = keras.activations.gelu(_transform(_gather(sequence, positions), weights))
    return _compare(keras.layers.LayerNormalization()(hidden), weights, embeddings)


def epsilon_too_large__and_gelu_by_tanh(sequence, positions, weights, embeddings):
    hidden = ops.gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, weights, epsilon=1e-3), weights, embeddings)


def norm_missing__and_gelu_by_tanh(sequence, positions, weights, embeddings):
    hidden = keras.activations.gelu(_transform(_gather(sequence, positions), weights), approximate=True)
    return _compare(hidden, weights, embeddings)


def residual_around_the_transform(sequence, positions, weights, embeddings):
    gathered = _gather(sequence, positions)
    hidden = gathered + _gelu(_transform(gathered, weights))
    return _compare(_norm(hidden, weights), weights, embeddings)


def positions_one_too_late(sequence, positions, weights, embeddings):
    positions = ops.minimum(positions + 1, sequence.shape[1] - 1)
    return _of_gathered(_gather(sequence, positions), weights, embeddings)


def positions_sorted(sequence, positions, weights, embeddings):
    return _of_gathered(_gather(sequence, ops.sort(positions, axis=1)), weights, embeddings)


def bias_before_the_product(sequence, positions, weights, embeddings):
    hidden = _norm(_gelu(_transform(_gather(sequence, positions), weights)), weights)
    return ops.matmul(hidden, ops.transpose(embeddings + weights["bias"][:, None]))


def bias_subtracted(sequence, positions, weights, embeddings):
    hidden = _norm(_gelu(_transform(_gather(sequence, positions), weights)), weights)
    return ops.matmul(hidden, ops.transpose(embeddings)) - weights["bias"]


def normalised_words(sequence, positions, weights, embeddings):
    embeddings = embeddings / ops.norm(embeddings, axis=-1, keepdims=True)
    return _of_gathered(_gather(sequence, positions), weights, embeddings)


def best_word(sequence, positions, weights, embeddings):
    return ops.argmax(_of_gathered(_gather(sequence, positions), weights, embeddings), axis=-1)


def means_over_the_sequence(sequence, positions, weights, embeddings):
    gathered = ops.broadcast_to(ops.mean(sequence, axis=1, keepdims=True), _gather(sequence, positions).shape)
    return _of_gathered(gathered, weights, embeddings)


def kernel_bias_shared_with_the_norm(sequence, positions, weights, embeddings):
    hidden = _gelu(_transform(_gather(sequence, positions), weights))
    return _compare(_norm(hidden, {**weights, "shift": weights["kernel_bias"]}), weights, embeddings)
