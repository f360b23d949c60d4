"""Wrong answers to `masked_mean_pooling`, each named after the mistake it makes."""

from keras import ops


def _mask(padding_mask):
    return ops.cast(padding_mask, "float32")[:, :, None]


def _number(padding_mask):
    return ops.maximum(ops.sum(_mask(padding_mask), axis=1), 1.0)


def _sum(outputs, padding_mask):
    return ops.sum(outputs * _mask(padding_mask), axis=1)


def padding_counted(outputs, padding_mask):
    return ops.mean(outputs * _mask(padding_mask), axis=1)


def padding_summed(outputs, padding_mask):
    return ops.sum(outputs, axis=1) / _number(padding_mask)


def mask_ignored(outputs, padding_mask):
    return ops.mean(outputs, axis=1)


def mask_inverted(outputs, padding_mask):
    is_padding = ops.logical_not(padding_mask)
    return _sum(outputs, is_padding) / _number(is_padding)


def nan_without_tokens(outputs, padding_mask):
    return _sum(outputs, padding_mask) / ops.sum(_mask(padding_mask), axis=1)


def something_without_tokens(outputs, padding_mask):
    is_empty = ops.logical_not(ops.any(padding_mask, axis=1, keepdims=True))
    mask = ops.logical_or(padding_mask, is_empty)
    return _sum(outputs, mask) / _number(mask)


def mask_taken_for_length(outputs, padding_mask):
    lengths = ops.sum(ops.cast(padding_mask, "int32"), axis=1)
    mask = ops.arange(outputs.shape[1])[None, :] < lengths[:, None]
    return _sum(outputs, mask) / _number(mask)


def one_token_only(outputs, padding_mask):
    return outputs[:, 0]


def not_divided(outputs, padding_mask):
    return _sum(outputs, padding_mask)


def divided_by_the_batch(outputs, padding_mask):
    return _sum(outputs, padding_mask) / ops.maximum(ops.sum(_mask(padding_mask)), 1.0)


def one_mean_for_all(outputs, padding_mask):
    total = ops.sum(outputs * _mask(padding_mask), axis=(0, 1))
    mean = total / ops.maximum(ops.sum(_mask(padding_mask)), 1.0)
    return ops.broadcast_to(mean, (outputs.shape[0], outputs.shape[2]))


def maximum_for_mean(outputs, padding_mask):
    return ops.max(ops.where(padding_mask[:, :, None], outputs, -1e9), axis=1)


def one_counted_too_many(outputs, padding_mask):
    return _sum(outputs, padding_mask) / (ops.sum(_mask(padding_mask), axis=1) + 1.0)
