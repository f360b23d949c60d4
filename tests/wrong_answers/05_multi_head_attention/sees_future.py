"""Wrong answers to `sees_future` beside its mutants."""

import numpy as np
from keras import ops


def _two_layers(inputs, mask):
    weights = ops.cast(mask, inputs.dtype)
    weights = weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1.0)
    for _ in range(2):
        inputs = inputs + ops.matmul(weights, inputs)
    return inputs


def _found(inputs, mask, change, limit=1e-6):
    before, rows = _two_layers(inputs, mask), []
    for t in range(inputs.shape[0]):
        changed = ops.concatenate([inputs[: t + 1], change(inputs[t + 1 :])], axis=0)
        rows.append(ops.max(ops.abs(_two_layers(changed, mask)[t] - before[t])) > limit)
    return ops.stack(rows)


def mask_read__any_cell_above(inputs, mask):
    mask = np.asarray(mask)
    return np.array([mask[t, t + 1 :].any() for t in range(len(mask))])


def future_reversed(inputs, mask):
    return _found(inputs, mask, lambda future: ops.flip(future, axis=0))


def one_layer_tried(inputs, mask):
    weights = ops.cast(mask, "float32")
    return ops.any(ops.triu(ops.matmul(weights, weights) * weights, k=1) > 0, axis=-1)


def never_at_the_end(inputs, mask):
    found = _found(inputs, mask, lambda future: future + 1.0)
    return found[:-1]


def changes_where_there_are_none(inputs, mask):
    return _found(inputs, mask, lambda future: future + 0.0)


def too_coarse(inputs, mask):
    return _found(inputs, mask, lambda future: future + 1.0, limit=1.0)


def first_number_watched(inputs, mask):
    change = ops.cast(ops.arange(inputs.shape[1]) > 0, "float32")
    before, rows = _two_layers(inputs, mask), []
    for t in range(inputs.shape[0]):
        changed = ops.concatenate([inputs[: t + 1], inputs[t + 1 :] + change], axis=0)
        rows.append(ops.abs(_two_layers(changed, mask)[t, 0] - before[t, 0]) > 1e-6)
    return ops.stack(rows)


def outputs_compared_with_inputs(inputs, mask):
    return ops.max(ops.abs(_two_layers(inputs, mask) - inputs), axis=-1) > 1e-6


def against_a_causal_model(inputs, mask):
    causal = ops.logical_and(mask, ops.cast(ops.tri(mask.shape[0]), "bool"))
    difference = _two_layers(inputs, mask) - _two_layers(inputs, causal)
    return ops.max(ops.abs(difference), axis=-1) > 1e-6


def numbers_for_booleans(inputs, mask):
    return ops.cast(_found(inputs, mask, lambda future: future + 1.0), "int32")
