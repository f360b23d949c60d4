"""Right answers to `attention_step` in other styles."""

import numpy as np
from keras import ops


def with_a_query_axis(hidden, memory, padding_mask, kernel):
    scores = ops.matmul(hidden[:, None, :], ops.swapaxes(memory, 1, 2))  # (B, 1, S)
    weights = ops.softmax(ops.where(padding_mask[:, None, :], scores, -float("inf")), axis=-1)
    joined = ops.concatenate([ops.squeeze(ops.matmul(weights, memory), 1), hidden], axis=1)
    return ops.tanh(joined @ kernel)


def kernel_in_two_halves(hidden, memory, padding_mask, kernel):
    scores = ops.sum(hidden[:, None] * memory, axis=-1)
    scores = scores - 1e9 * (1 - ops.cast(padding_mask, "float32"))
    context = ops.sum(ops.softmax(scores)[..., None] * memory, axis=1)
    upper, lower = ops.split(kernel, 2, axis=0)
    return ops.tanh(ops.matmul(context, upper) + ops.matmul(hidden, lower))


def sentence_by_sentence(hidden, memory, padding_mask, kernel):
    outputs = []
    for state, outputs_of_encoder, row in zip(*map(np.asarray, (hidden, memory, padding_mask)), strict=True):
        kept = outputs_of_encoder[row].astype("float64")
        exponentials = np.exp(kept @ state - (kept @ state).max())
        context = exponentials @ kept / exponentials.sum()
        outputs.append(np.tanh(np.concatenate([context, state]) @ np.asarray(kernel)))
    return outputs


def in_numpy(hidden, memory, padding_mask, kernel):
    hidden, memory, kernel = np.asarray(hidden), np.asarray(memory), np.asarray(kernel)
    scores = np.where(padding_mask, (memory @ hidden[:, :, None])[:, :, 0], -np.inf)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return np.tanh(np.hstack([np.einsum("bs,bsd->bd", weights, memory), hidden]) @ kernel)
