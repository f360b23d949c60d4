"""Wrong answers to `attention_step`, each named after the mistake it makes."""

from keras import ops


def _scores(hidden, memory, padding_mask):
    return ops.where(padding_mask, ops.einsum("bd,bsd->bs", hidden, memory), -1e9)


def _context(hidden, memory, padding_mask):
    return ops.einsum("bs,bsd->bd", ops.softmax(_scores(hidden, memory, padding_mask), axis=-1), memory)


def _joined(context, hidden, kernel):
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def halves_swapped(hidden, memory, padding_mask, kernel):
    return _joined(hidden, _context(hidden, memory, padding_mask), kernel)


def tanh_forgotten(hidden, memory, padding_mask, kernel):
    context = _context(hidden, memory, padding_mask)
    return ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel)


def tanh_too_early(hidden, memory, padding_mask, kernel):
    context = _context(hidden, memory, padding_mask)
    return ops.matmul(ops.tanh(ops.concatenate([context, hidden], axis=-1)), kernel)


def mask_ignored(hidden, memory, padding_mask, kernel):
    weights = ops.softmax(ops.einsum("bd,bsd->bs", hidden, memory), axis=-1)
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def mask_inverted(hidden, memory, padding_mask, kernel):
    scores = ops.where(padding_mask, -1e9, ops.einsum("bd,bsd->bs", hidden, memory))
    return _joined(ops.einsum("bs,bsd->bd", ops.softmax(scores, axis=-1), memory), hidden, kernel)


def softmax_over_batch(hidden, memory, padding_mask, kernel):
    weights = ops.softmax(_scores(hidden, memory, padding_mask), axis=0)
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def softmax_forgotten(hidden, memory, padding_mask, kernel):
    weights = ops.where(padding_mask, ops.einsum("bd,bsd->bs", hidden, memory), 0.0)
    return _joined(ops.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def last_memory(hidden, memory, padding_mask, kernel):
    return _joined(memory[:, -1], hidden, kernel)


def one_half_twice(hidden, memory, padding_mask, kernel):
    context = _context(hidden, memory, padding_mask)
    return _joined(context, context, kernel)


def _weighed(weights, hidden, memory, kernel):
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def mask_after_softmax(hidden, memory, padding_mask, kernel):
    weights = ops.softmax(ops.einsum("bd,bsd->bs", hidden, memory)) * ops.cast(padding_mask, "float32")
    return _weighed(weights, hidden, memory, kernel)


def mask_too_weak(hidden, memory, padding_mask, kernel):
    scores = ops.where(padding_mask, ops.einsum("bd,bsd->bs", hidden, memory), -10.0)
    return _weighed(ops.softmax(scores), hidden, memory, kernel)


def scaled(hidden, memory, padding_mask, kernel):
    scores = ops.einsum("bd,bsd->bs", hidden, memory) / hidden.shape[-1] ** 0.5
    return _weighed(ops.softmax(ops.where(padding_mask, scores, -1e9)), hidden, memory, kernel)
