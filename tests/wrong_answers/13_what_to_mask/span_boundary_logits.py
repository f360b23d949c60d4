"""Wrong answers to `span_boundary_logits` beside its mutants."""

from keras import ops


def _at(sequence, positions):
    return ops.take_along_axis(sequence, positions[:, :, None], axis=1)


def _norm(x, scale, shift):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-12) + shift


def _places(weights, places):
    return ops.take(weights["places"], places - 1, axis=0)


def _say(parts, weights, embeddings, activation=lambda x: ops.gelu(x, approximate=False)):
    hidden = ops.concatenate(parts, axis=-1)
    for number in (1, 2):
        hidden = activation(ops.matmul(hidden, weights[f"kernel_{number}"]) + weights[f"bias_{number}"])
        hidden = _norm(hidden, weights[f"scale_{number}"], weights[f"shift_{number}"])
    return ops.matmul(hidden, ops.transpose(embeddings)) + weights["bias"]


def sees_its_own_token__in_place_of_the_left(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left + places), _at(sequence, right), _places(weights, places)]
    return _say(parts, weights, embeddings)


def sees_its_own_token__in_place_of_both(sequence, left, right, places, weights, embeddings):
    own = _at(sequence, left + places)
    return _say([own, own, _places(weights, places)], weights, embeddings)


def another_activation__the_approximate_one(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return _say(parts, weights, embeddings, lambda x: ops.gelu(x, approximate=True))


def place_ignored__the_slot(sequence, left, right, places, weights, embeddings):
    slots = ops.zeros_like(places) + ops.arange(places.shape[1], dtype="int32")
    parts = [_at(sequence, left), _at(sequence, right), ops.take(weights["places"], slots, axis=0)]
    return _say(parts, weights, embeddings)


def probabilities(sequence, left, right, places, weights, embeddings):
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, places)]
    return ops.softmax(_say(parts, weights, embeddings), axis=-1)


def product_of_the_boundaries(sequence, left, right, places, weights, embeddings):
    both = _at(sequence, left) * _at(sequence, right)
    return _say([both, both, _places(weights, places)], weights, embeddings)


def place_from_behind(sequence, left, right, places, weights, embeddings):
    turned = right - left - places
    parts = [_at(sequence, left), _at(sequence, right), _places(weights, turned)]
    return _say(parts, weights, embeddings)
