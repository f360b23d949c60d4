"""Wrong answers to `span_boundary_logits`, each named after its mistake."""

from keras import ops


def _at(sequence, positions):
    return ops.take_along_axis(sequence, positions[:, :, None], axis=1)


def _norm(x, scale, shift):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-12) + shift


def _gelu(x):
    return ops.gelu(x, approximate=False)


def _step(x, weights, number):
    x = _gelu(ops.matmul(x, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
    return _norm(x, weights[f"scale_{number}"], weights[f"shift_{number}"])


def _say(parts, weights, embeddings):
    hidden = _step(_step(ops.concatenate(parts, axis=-1), weights, 1), weights, 2)
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def _places(weights, places):
    return ops.take(weights["places"], places - 1, axis=0)


def sees_its_own_token(sequence, left, right, places, weights, embeddings):
    own = _at(sequence, left + places)
    parts = [_at(sequence, left) + own, _at(sequence, right) + own, _places(weights, places)]
    return _say(parts, weights, embeddings)


def boundaries_inside(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left + 1), _at(sequence, right - 1), _places(weights, places)]
    return _say(parts, weights, embeddings)


def neighbours_of_the_token(sequence, left, right, places, weights, embeddings):
    own = left + places
    parts = [_at(sequence, own - 1), _at(sequence, own + 1), _places(weights, places)]
    return _say(parts, weights, embeddings)


def sides_swapped(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, right), _at(sequence, left), _places(weights, places)]
    return _say(parts, weights, embeddings)


def place_in_front(sequence, left, right, places, weights, embeddings):
    parts = [_places(weights, places), _at(sequence, left), _at(sequence, right)]
    return _say(parts, weights, embeddings)


def place_one_too_far(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left), _at(sequence, right), ops.take(weights["places"], places, axis=0)]
    return _say(parts, weights, embeddings)


def place_ignored(sequence, left, right, places, weights, embeddings):
    first = ops.zeros_like(places)
    parts = [_at(sequence, left), _at(sequence, right), ops.take(weights["places"], first, axis=0)]
    return _say(parts, weights, embeddings)


def first_sequence_for_all(sequence, left, right, places, weights, embeddings):
    parts = [ops.take(sequence[0], side, axis=0) for side in (left, right)]
    return _say([*parts, _places(weights, places)], weights, embeddings)


def _start(sequence, left, right, places, weights):
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return ops.concatenate(parts, axis=-1)


def one_transform(sequence, left, right, places, weights, embeddings):
    hidden = _step(_start(sequence, left, right, places, weights), weights, 1)
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def norm_missing(sequence, left, right, places, weights, embeddings):
    hidden = _start(sequence, left, right, places, weights)
    for number in (1, 2):
        hidden = _gelu(ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def gain_missing(sequence, left, right, places, weights, embeddings):
    hidden = _start(sequence, left, right, places, weights)
    for number in (1, 2):
        hidden = _gelu(ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
        hidden = _norm(hidden, 1.0, 0.0)
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def norm_before_activation(sequence, left, right, places, weights, embeddings):
    hidden = _start(sequence, left, right, places, weights)
    for number in (1, 2):
        hidden = ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"]
        hidden = _gelu(_norm(hidden, weights[f"scale_{number}"], weights[f"shift_{number}"]))
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def _with_activation(activation, sequence, left, right, places, weights, embeddings):
    hidden = _start(sequence, left, right, places, weights)
    for number in (1, 2):
        hidden = activation(ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
        hidden = _norm(hidden, weights[f"scale_{number}"], weights[f"shift_{number}"])
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def activation_missing(sequence, left, right, places, weights, embeddings):
    return _with_activation(lambda x: x, sequence, left, right, places, weights, embeddings)


def another_activation(sequence, left, right, places, weights, embeddings):
    return _with_activation(ops.relu, sequence, left, right, places, weights, embeddings)


def bias_missing(sequence, left, right, places, weights, embeddings):
    hidden = _step(_step(_start(sequence, left, right, places, weights), weights, 1), weights, 2)
    return ops.matmul(hidden, ops.transpose(embeddings))


def _parts(sequence, left, right, places, weights):
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return ops.concatenate(parts, axis=-1)


def another_norm(sequence, left, right, places, weights, embeddings):
    hidden = _parts(sequence, left, right, places, weights)
    for number in (1, 2):
        hidden = _gelu(ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
        size = ops.sqrt(ops.mean(hidden**2, axis=-1, keepdims=True) + 1e-12)
        hidden = weights[f"scale_{number}"] * hidden / size + weights[f"shift_{number}"]
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def first_gain_twice(sequence, left, right, places, weights, embeddings):
    weights = {**weights, "scale_2": weights["scale_1"], "shift_2": weights["shift_1"]}
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return _say(parts, weights, embeddings)


def biases_of_the_layers_missing(sequence, left, right, places, weights, embeddings):
    weights = {**weights, "bias_1": 0 * weights["bias_1"], "bias_2": 0 * weights["bias_2"]}
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return _say(parts, weights, embeddings)


def residual_added(sequence, left, right, places, weights, embeddings):
    first = _step(_parts(sequence, left, right, places, weights), weights, 1)
    hidden = first + _step(first, weights, 2)
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def scaled_like_attention(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    logits = _say(parts, weights, embeddings) - weights["bias"]
    return logits / embeddings.shape[1] ** 0.5 + weights["bias"]
