"""Wrong answers to `attention_context`, each named after the mistake it makes."""

from keras import ops


def mask_inverted(scores, value, padding_mask):
    scores = ops.where(padding_mask[:, None, :], -1e9, scores)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def mask_after_softmax(scores, value, padding_mask):
    weights = ops.softmax(scores, axis=-1) * ops.cast(padding_mask[:, None, :], scores.dtype)
    return ops.matmul(weights, value)


def mask_ignored(scores, value, padding_mask):
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def mask_on_queries(scores, value, padding_mask):
    scores = ops.where(padding_mask[:, :, None], scores, -1e9)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def wrong_axis(scores, value, padding_mask):
    scores = ops.where(padding_mask[:, None, :], scores, -1e9)
    return ops.matmul(ops.softmax(scores, axis=1), value)


def softmax_forgotten(scores, value, padding_mask):
    return ops.matmul(ops.where(padding_mask[:, None, :], scores, 0.0), value)


def hard_choice(scores, value, padding_mask):
    best = ops.argmax(ops.where(padding_mask[:, None, :], scores, -1e9), axis=-1)
    return ops.matmul(ops.one_hot(best, scores.shape[-1]), value)


def divided_again(scores, value, padding_mask):
    weights = ops.softmax(ops.where(padding_mask[:, None, :], scores, -1e9), axis=-1)
    return ops.mean(weights[..., None] * value[:, None], axis=2)


def plain_mean(scores, value, padding_mask):
    kept = ops.cast(padding_mask, value.dtype)[:, :, None]
    mean = ops.sum(value * kept, axis=1, keepdims=True) / ops.sum(kept, axis=1, keepdims=True)
    return ops.repeat(mean, scores.shape[1], axis=1)


def hidden_maximum(scores, value, padding_mask):
    weights = ops.softmax(scores, axis=-1) * ops.cast(padding_mask[:, None, :], scores.dtype)
    return ops.matmul(weights / (ops.sum(weights, axis=-1, keepdims=True) + 1e-9), value)


def mask_too_weak(scores, value, padding_mask):
    scores = ops.where(padding_mask[:, None, :], scores, -10.0)
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def overflow(scores, value, padding_mask):
    exponentials = ops.exp(scores) * ops.cast(padding_mask[:, None, :], scores.dtype)
    return ops.matmul(exponentials / ops.sum(exponentials, axis=-1, keepdims=True), value)
