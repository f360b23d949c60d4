"""Wrong answers to `attention_step` beside its mutants."""

from keras import ops


def _scores(hidden, memory):
    return ops.einsum("bd,bsd->bs", hidden, memory)


def _weights(hidden, memory, padding_mask):
    return ops.softmax(ops.where(padding_mask, _scores(hidden, memory), -1e9))


def _joined(context, hidden, kernel):
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def mask_too_weak__zero(hidden, memory, padding_mask, kernel):
    weights = ops.softmax(_scores(hidden, memory) * ops.cast(padding_mask, "float32"))
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def mask_is_a_prefix(hidden, memory, padding_mask, kernel):
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=-1, keepdims=True)
    weights = _weights(hidden, memory, ops.arange(memory.shape[1]) < lengths)
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def first_mask_for_all(hidden, memory, padding_mask, kernel):
    weights = _weights(hidden, memory, padding_mask[:1])
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def padded_memory_zeroed(hidden, memory, padding_mask, kernel):
    memory = memory * ops.cast(padding_mask, "float32")[:, :, None]
    weights = ops.softmax(_scores(hidden, memory))
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def best_position_alone(hidden, memory, padding_mask, kernel):
    best = ops.argmax(_weights(hidden, memory, padding_mask), axis=-1)
    weights = ops.one_hot(best, memory.shape[1])
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def divided_by_length(hidden, memory, padding_mask, kernel):
    weights = _weights(hidden, memory, padding_mask)
    return _joined(ops.mean(weights[:, :, None] * memory, axis=1), hidden, kernel)


def state_added(hidden, memory, padding_mask, kernel):
    context = ops.einsum("bs,bsd->bd", _weights(hidden, memory, padding_mask), memory)
    return _joined(context + hidden, hidden, kernel)


def sigmoid_for_tanh(hidden, memory, padding_mask, kernel):
    context = ops.einsum("bs,bsd->bd", _weights(hidden, memory, padding_mask), memory)
    return ops.sigmoid(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def axes_of_length_one_lost(hidden, memory, padding_mask, kernel):
    context = ops.einsum("bs,bsd->bd", _weights(hidden, memory, padding_mask), memory)
    return ops.squeeze(_joined(context, hidden, kernel))
