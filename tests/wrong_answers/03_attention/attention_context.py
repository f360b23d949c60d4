"""Wrong answers to `attention_context` beside its mutants."""

from keras import ops


def _context(scores, value, mask):
    return ops.matmul(ops.softmax(ops.where(mask, scores, -1e9), axis=-1), value)


def mask_too_weak__lowered(scores, value, padding_mask):
    bias = (1.0 - ops.cast(padding_mask, "float32"))[:, None, :] * -10.0
    return ops.matmul(ops.softmax(scores + bias), value)


def mask_too_weak__set_to_zero(scores, value, padding_mask):
    return ops.matmul(ops.softmax(scores * ops.cast(padding_mask, "float32")[:, None]), value)


def hidden_maximum__by_hand(scores, value, padding_mask):
    exponentials = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
    exponentials = ops.where(padding_mask[:, None], exponentials, 0.0)
    return ops.matmul(exponentials / ops.sum(exponentials, axis=-1, keepdims=True), value)


def overflow__masked_first(scores, value, padding_mask):
    exponentials = ops.exp(ops.where(padding_mask[:, None], scores, -1e9))
    return ops.matmul(exponentials / ops.sum(exponentials, axis=-1, keepdims=True), value)


def mask_is_a_prefix(scores, value, padding_mask):
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=-1)
    mask = ops.arange(scores.shape[-1]) < lengths[:, None]
    return _context(scores, value, mask[:, None])


def first_mask_for_all(scores, value, padding_mask):
    return _context(scores, value, padding_mask[:1, None])


def values_masked_too_late(scores, value, padding_mask):
    kept = value * ops.cast(padding_mask, "float32")[:, :, None]
    return ops.matmul(ops.softmax(scores), kept) / ops.mean(ops.cast(padding_mask, "float32"))


def scores_scaled(scores, value, padding_mask):
    return _context(scores / value.shape[-1] ** 0.5, value, padding_mask[:, None])


def axes_of_length_one_lost(scores, value, padding_mask):
    return ops.squeeze(_context(scores, value, padding_mask[:, None]))


def clipped(scores, value, padding_mask):
    return _context(ops.clip(scores, -50.0, 50.0), value, padding_mask[:, None])
