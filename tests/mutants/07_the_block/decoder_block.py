"""Wrong answers to `decoder_block`, each named after the mistake it makes."""

from keras import ops


def _norm(x):
    mean, variance = ops.moments(x, axes=-1, keepdims=True)
    return (x - mean) / ops.sqrt(variance + 1e-5)


def _attend(query, value, mask, kernels):
    query, key, value = query @ kernels[0], value @ kernels[1], value @ kernels[2]
    scores = query @ ops.swapaxes(key, 1, 2) / key.shape[-1] ** 0.5
    return ops.softmax(ops.where(mask, scores, -1e9), axis=-1) @ value


def _network(x, kernels):
    return ops.relu(x @ kernels[0]) @ kernels[1]


def _past(x):
    return ops.tril(ops.ones((x.shape[1], x.shape[1]), dtype="int32")) > 0


def _causal(x, kernels, mask):
    return x + _attend(_norm(x), _norm(x), mask, kernels)


def _cross(x, memory, mask, kernels):
    return x + _attend(_norm(x), memory, mask[:, None, :], kernels)


def _last(x, kernels):
    return x + _network(_norm(x), kernels)


def causal_mask_missing(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, True)
    return _last(_cross(x, memory, memory_mask, cross_kernels), network_kernels)


def causal_mask_inverted(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, ops.transpose(_past(inputs)))
    return _last(_cross(x, memory, memory_mask, cross_kernels), network_kernels)


def self_not_seen(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    earlier = ops.logical_not(ops.transpose(_past(inputs)))
    x = _causal(inputs, causal_kernels, earlier)
    return _last(_cross(x, memory, memory_mask, cross_kernels), network_kernels)


def memory_mask_missing(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    return _last(x + _attend(_norm(x), memory, True, cross_kernels), network_kernels)


def memory_mask_inverted(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    return _last(_cross(x, memory, ops.logical_not(memory_mask), cross_kernels), network_kernels)


def cross_reads_itself(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    x = x + _attend(_norm(x), _norm(x), True, cross_kernels)
    return _last(x, network_kernels)


def cross_attention_first(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _cross(inputs, memory, memory_mask, cross_kernels)
    return _last(_causal(x, causal_kernels, _past(inputs)), network_kernels)


def network_before_cross(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _last(_causal(inputs, causal_kernels, _past(inputs)), network_kernels)
    return _cross(x, memory, memory_mask, cross_kernels)


def cross_attention_missing(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    return _last(_causal(inputs, causal_kernels, _past(inputs)), network_kernels)


def cross_asks_with_inputs(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    x = x + _attend(_norm(inputs), memory, memory_mask[:, None, :], cross_kernels)
    return _last(x, network_kernels)


def residual_missing(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    x = _attend(_norm(x), memory, memory_mask[:, None, :], cross_kernels)
    return _last(x, network_kernels)


def memory_normalised(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    return _last(_cross(x, _norm(memory), memory_mask, cross_kernels), network_kernels)


def values_not_normalised(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = inputs + _attend(_norm(inputs), inputs, _past(inputs), causal_kernels)
    return _last(_cross(x, memory, memory_mask, cross_kernels), network_kernels)


def norm_missing(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = inputs + _attend(inputs, inputs, _past(inputs), causal_kernels)
    x = x + _attend(x, memory, memory_mask[:, None, :], cross_kernels)
    return x + _network(x, network_kernels)


def norm_after(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _norm(inputs + _attend(inputs, inputs, _past(inputs), causal_kernels))
    x = _norm(x + _attend(x, memory, memory_mask[:, None, :], cross_kernels))
    return _norm(x + _network(x, network_kernels))


def residual_from_normalised(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _norm(inputs)
    x = _norm(x + _attend(x, x, _past(x), causal_kernels))
    x = _norm(x + _attend(x, memory, memory_mask[:, None, :], cross_kernels))
    return x + _network(x, network_kernels)


def kernels_swapped(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, cross_kernels, _past(inputs))
    return _last(_cross(x, memory, memory_mask, causal_kernels), network_kernels)


def norm_left_out(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    x = _cross(x, memory, memory_mask, cross_kernels)
    return x + _network(x, network_kernels)


def normalised_at_the_end(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels, _past(inputs))
    return _norm(_last(_cross(x, memory, memory_mask, cross_kernels), network_kernels))
