"""Wrong answers to `masked_mean_pooling` beside its mutants."""

from keras import ops


def _mask(padding_mask):
    return ops.cast(padding_mask, "float32")[:, :, None]


def _mean(outputs, padding_mask):
    mask = _mask(padding_mask)
    return ops.sum(outputs * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 1.0)


def one_token_only__the_last(outputs, padding_mask):
    return outputs[:, -1]


def maximum_for_mean__with_zeros(outputs, padding_mask):
    return ops.max(outputs * _mask(padding_mask), axis=1)


def something_without_tokens__the_mean(outputs, padding_mask):
    is_empty = ops.logical_not(ops.any(padding_mask, axis=1))
    return ops.where(is_empty[:, None], ops.mean(outputs, axis=1), _mean(outputs, padding_mask))


def something_without_tokens__the_first_token(outputs, padding_mask):
    is_empty = ops.logical_not(ops.any(padding_mask, axis=1))
    return ops.where(is_empty[:, None], outputs[:, 0], _mean(outputs, padding_mask))


def nan_without_tokens__by_weights(outputs, padding_mask):
    mask = _mask(padding_mask)
    return ops.sum(outputs * (mask / ops.sum(mask, axis=1, keepdims=True)), axis=1)


def first_token_left_out(outputs, padding_mask):
    return _mean(outputs[:, 1:], padding_mask[:, 1:])


def last_token_left_out(outputs, padding_mask):
    return _mean(outputs[:, :-1], padding_mask[:, :-1])


def divided_by_the_root(outputs, padding_mask):
    mask = _mask(padding_mask)
    return ops.sum(outputs * mask, axis=1) / ops.sqrt(ops.maximum(ops.sum(mask, axis=1), 1.0))


def normalised_to_length_one(outputs, padding_mask):
    mean = _mean(outputs, padding_mask)
    return mean / ops.maximum(ops.sqrt(ops.sum(mean**2, axis=1, keepdims=True)), 1e-9)


def lowered_by_a_billion(outputs, padding_mask):
    return ops.mean(ops.where(padding_mask[:, :, None], outputs, -1e9), axis=1)


def divided_by_the_longest(outputs, padding_mask):
    mask = _mask(padding_mask)
    return ops.sum(outputs * mask, axis=1) / ops.maximum(ops.max(ops.sum(mask, axis=1)), 1.0)


def softmax_of_the_mask(outputs, padding_mask):
    weights = ops.softmax(_mask(padding_mask), axis=1)
    return ops.sum(outputs * weights, axis=1)


def two_at_least(outputs, padding_mask):
    mask = _mask(padding_mask)
    return ops.sum(outputs * mask, axis=1) / ops.maximum(ops.sum(mask, axis=1), 2.0)
