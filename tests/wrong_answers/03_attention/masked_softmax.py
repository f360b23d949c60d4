"""Wrong answers to `masked_softmax` beside its mutants."""

from keras import ops


def mask_ignored__empty_rows_zeroed(scores, mask):
    weights = ops.softmax(scores, axis=-1)
    return ops.where(ops.any(mask, axis=-1, keepdims=True), weights, 0.0)
