"""Wrong answers to `decoder_block` beside its mutants."""

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


def _causal(x, kernels):
    return x + _attend(_norm(x), _norm(x), _past(x), kernels)


def _cross(x, memory, mask, kernels):
    return x + _attend(_norm(x), memory, mask[:, None, :], kernels)


def norm_left_out__of_the_cross_attention(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    x = _causal(inputs, causal_kernels)
    x = x + _attend(x, memory, memory_mask[:, None, :], cross_kernels)
    return x + _network(_norm(x), network_kernels)


def residual_from_normalised__in_the_first_part(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    x = _norm(inputs)
    x = _cross(x + _attend(x, x, _past(x), causal_kernels), memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def residual_missing__around_the_network(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    x = _cross(_causal(inputs, causal_kernels), memory, memory_mask, cross_kernels)
    return _network(_norm(x), network_kernels)


def memory_mask_is_a_prefix(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    lengths = ops.sum(ops.cast(memory_mask, "int32"), axis=1, keepdims=True)
    mask = ops.arange(memory_mask.shape[1]) < lengths
    x = _cross(_causal(inputs, causal_kernels), memory, mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def memory_mask_of_the_queries(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels)
    if memory.shape[1] == inputs.shape[1]:
        x = x + _attend(_norm(x), memory, memory_mask[:, :, None], cross_kernels)
    else:
        x = _cross(x, memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def memory_multiplied_by_its_mask(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    memory = memory * ops.cast(memory_mask, memory.dtype)[:, :, None]
    x = _causal(inputs, causal_kernels)
    x = x + _attend(_norm(x), memory, True, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def parts_side_by_side(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    ready = _norm(inputs)
    x = inputs + _attend(ready, ready, _past(inputs), causal_kernels)
    x = x + _attend(ready, memory, memory_mask[:, None, :], cross_kernels)
    return x + _network(ready, network_kernels)


def network_asked_before_the_memory(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    x = _causal(inputs, causal_kernels)
    informed = _cross(x, memory, memory_mask, cross_kernels)
    return informed + _network(_norm(x), network_kernels)


def network_applied_twice(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _cross(_causal(inputs, causal_kernels), memory, memory_mask, cross_kernels)
    x = x + _network(_norm(x), network_kernels)
    return x + _network(_norm(x), network_kernels)


def network_after_each_attention(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = _causal(inputs, causal_kernels)
    x = x + _network(_norm(x), network_kernels)
    x = _cross(x, memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def first_position_blind(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = inputs + _attend(_norm(inputs), _norm(inputs), ops.logical_not(_past(inputs)), causal_kernels)
    x = ops.concatenate([inputs[:, :1], _causal(inputs, causal_kernels)[:, 1:]], axis=1) + 0 * x
    x = _cross(x, memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def memory_from_the_first_sentence(
    inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels
):
    memory = ops.broadcast_to(memory[:1], memory.shape)
    x = _cross(_causal(inputs, causal_kernels), memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)


def causal_mask_one_further(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    length = inputs.shape[1]
    mask = ops.arange(length)[:, None] + 1 >= ops.arange(length)[None, :]
    x = inputs + _attend(_norm(inputs), _norm(inputs), mask, causal_kernels)
    x = _cross(x, memory, memory_mask, cross_kernels)
    return x + _network(_norm(x), network_kernels)
