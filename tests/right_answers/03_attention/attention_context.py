"""Right answers to `attention_context` in other styles."""

import numpy as np
from keras import ops


def infinity_as_mask(scores, value, padding_mask):
    kept = ops.where(ops.expand_dims(padding_mask, 1), scores, -float("inf"))
    return ops.einsum("bts,bsd->btd", ops.softmax(kept), value)


def in_numpy(scores, value, padding_mask):
    scores, value, padding_mask = (ops.convert_to_numpy(array) for array in (scores, value, padding_mask))
    contexts = np.zeros((*scores.shape[:2], value.shape[2]))
    for b, row in enumerate(padding_mask):
        kept = scores[b][:, row].astype("float64")
        exponentials = np.exp(kept - kept.max(axis=1, keepdims=True))
        contexts[b] = exponentials / exponentials.sum(axis=1, keepdims=True) @ value[b][row]
    return contexts


def mask_added(scores, value, padding_mask):
    bias = (1.0 - ops.cast(padding_mask, "float32"))[:, None, :] * -1e9
    weights = ops.softmax(scores + bias, axis=2)
    return ops.sum(weights[..., None] * value[:, None], axis=2)


def divided_at_the_end(scores, value, padding_mask):
    kept = ops.where(padding_mask[:, None, :], scores, -1e30)
    exponentials = ops.exp(kept - ops.max(kept, axis=-1, keepdims=True))
    return ops.matmul(exponentials, value) / ops.sum(exponentials, axis=-1, keepdims=True)
