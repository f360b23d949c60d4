"""Wrong answers to `roberta_positions`, each named after its mistake."""

from keras import ops


def _count(padding_mask):
    return ops.cumsum(ops.cast(padding_mask, "int32"), axis=1)


def _places(padding_mask):
    shape = ops.shape(padding_mask)
    return ops.broadcast_to(ops.arange(shape[1], dtype="int32")[None], shape)


def offset_missing(padding_mask, padding_id):
    return _places(padding_mask)


def first_token_on_the_padding_row(padding_mask, padding_id):
    return ops.where(padding_mask, padding_id + _count(padding_mask) - 1, padding_id)


def one_row_too_far(padding_mask, padding_id):
    return ops.where(padding_mask, padding_id + 1 + _count(padding_mask), padding_id)


def always_two(padding_mask, padding_id):
    return ops.where(padding_mask, 1 + _count(padding_mask), 1)


def padding_counted(padding_mask, padding_id):
    return _places(padding_mask) + padding_id + 1


def padding_without_its_row(padding_mask, padding_id):
    return padding_id + _count(padding_mask)


def mask_inverted(padding_mask, padding_id):
    padding = ops.cast(ops.logical_not(padding_mask), "int32")
    return padding_id + ops.cumsum(padding, axis=1) * padding
