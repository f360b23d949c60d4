import math

import numpy as np
from keras import ops


def wrong_1(hidden, memory, padding_mask, kernel):
    """State first, context second; wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([hidden, context], axis=-1), kernel))


def wrong_2(hidden, memory, padding_mask, kernel):
    """Without the tanh; wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel)


def wrong_3(hidden, memory, padding_mask, kernel):
    """Ignores the mask. Wrong on: a padded row."""
    weights = ops.softmax(ops.einsum("bd,bsd->bs", hidden, memory), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def wrong_4(hidden, memory, padding_mask, kernel):
    """Scales the scores by the root of D, which is not asked here; wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory) / hidden.shape[-1] ** 0.5
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def wrong_5(hidden, memory, padding_mask, kernel):
    """Keeps a time axis: returns (B, 1, H); wrong on almost any input."""
    query = hidden[:, None]
    scores = ops.einsum("btd,bsd->bts", query, memory)
    weights = ops.softmax(ops.where(padding_mask[:, None], scores, -1e9), axis=-1)
    both = ops.concatenate([ops.matmul(weights, memory), query], axis=-1)
    return ops.tanh(ops.matmul(both, kernel))


def wrong_6(hidden, memory, padding_mask, kernel):
    """The tanh of context and state comes before the matrix, not after; wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.matmul(ops.tanh(ops.concatenate([context, hidden], axis=-1)), kernel)


def wrong_7(hidden, memory, padding_mask, kernel):
    """The softmax runs over the sentences of the batch (axis 0); wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=0)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def wrong_8(hidden, memory, padding_mask, kernel):
    """Leaves the state out of the output: uses the context twice; wrong on almost any input."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory)
    weights = ops.softmax(ops.where(padding_mask, scores, -1e9), axis=-1)
    context = ops.einsum("bs,bsd->bd", weights, memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, context], axis=-1), kernel))


def wrong_9(hidden, memory, padding_mask, kernel):
    """Multiplies the scores by the mask, so padding has the score 0 and its share. Wrong on: a padded row."""
    scores = ops.einsum("bd,bsd->bs", hidden, memory) * ops.cast(padding_mask, hidden.dtype)
    context = ops.einsum("bs,bsd->bd", ops.softmax(scores, axis=-1), memory)
    return ops.tanh(ops.matmul(ops.concatenate([context, hidden], axis=-1), kernel))


def right_1(hidden, memory, padding_mask, kernel):
    """NumPy."""
    h, m, keep, w = (np.asarray(x) for x in (hidden, memory, padding_mask, kernel))
    a = np.where(keep, (m @ h[:, :, None])[..., 0], -np.inf)
    e = np.exp(a - a.max(axis=1, keepdims=True))
    c = np.einsum("bs,bsd->bd", e / e.sum(axis=1, keepdims=True), m)
    return np.tanh(np.hstack([c, h]) @ w)


def right_2(hidden, memory, padding_mask, kernel):
    """The kernel cut in two halves instead of a concatenation; a time axis in between."""
    width = hidden.shape[-1]
    scores = ops.matmul(hidden[:, None], ops.swapaxes(memory, 1, 2))
    weights = ops.softmax(ops.where(padding_mask[:, None], scores, -1e30), axis=-1)
    context = ops.squeeze(ops.matmul(weights, memory), axis=1)
    return ops.tanh(ops.matmul(context, kernel[:width]) + ops.matmul(hidden, kernel[width:]))


def right_3(hidden, memory, padding_mask, kernel):
    """Loops in pure Python."""
    w = np.asarray(kernel).tolist()
    result = []
    for h, states, keep in zip(*(np.asarray(x).tolist() for x in (hidden, memory, padding_mask))):
        real = [s for s, k in zip(states, keep) if k]
        scores = [sum(x * y for x, y in zip(h, s)) for s in real]
        exps = [math.exp(a - max(scores)) for a in scores]
        context = [sum(e * s[d] for e, s in zip(exps, real)) / sum(exps) for d in range(len(h))]
        both = context + h
        result.append([math.tanh(sum(x * row[j] for x, row in zip(both, w))) for j in range(len(w[0]))])
    return ops.convert_to_tensor(result, dtype="float32")
