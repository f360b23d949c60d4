"""Wrong answers to `sees_future`, each named after the mistake it makes."""

from keras import ops


def _two_layers(inputs, mask):
    weights = ops.cast(mask, inputs.dtype)
    weights = weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1.0)
    for _ in range(2):
        inputs = inputs + ops.matmul(weights, inputs)
    return inputs


def _changes(inputs, mask, is_changed):
    """Output changes (T, T): a row for each t, when the inputs are changed that `is_changed` names."""
    before, rows = _two_layers(inputs, mask), []
    positions = ops.arange(inputs.shape[0])
    for t in range(inputs.shape[0]):
        changed = inputs + ops.cast(is_changed(positions, t), inputs.dtype)[:, None]
        rows.append(ops.max(ops.abs(_two_layers(changed, mask) - before), axis=-1))
    return ops.stack(rows)


def inverted(inputs, mask):
    return ops.diagonal(_changes(inputs, mask, lambda positions, t: positions > t)) <= 1e-6


def own_input_changed(inputs, mask):
    return ops.diagonal(_changes(inputs, mask, lambda positions, t: positions >= t)) > 1e-6


def past_changed(inputs, mask):
    return ops.diagonal(_changes(inputs, mask, lambda positions, t: positions < t)) > 1e-6


def all_outputs_watched(inputs, mask):
    return ops.max(_changes(inputs, mask, lambda positions, t: positions > t), axis=-1) > 1e-6


def only_next_changed(inputs, mask):
    return ops.diagonal(_changes(inputs, mask, lambda positions, t: positions == t + 1)) > 1e-6


def only_last_changed(inputs, mask):
    last = inputs.shape[0] - 1
    changes = _changes(inputs, mask, lambda positions, t: (positions == last) & (positions > t))
    return ops.diagonal(changes) > 1e-6


def mask_read(inputs, mask):
    return ops.any(ops.triu(ops.cast(mask, "int32"), k=1) > 0, axis=-1)


def one_answer_for_all(inputs, mask):
    changes = ops.diagonal(_changes(inputs, mask, lambda positions, t: positions > t))
    return ops.any(changes > 1e-6)


def own_input_forgotten(inputs, mask):
    looks = ops.cast(mask, "float32")
    return ops.any(ops.triu(ops.matmul(looks, looks), k=1) > 0, axis=-1)


def too_many_layers(inputs, mask):
    looks = ops.maximum(ops.cast(mask, "float32"), ops.eye(mask.shape[0]))
    for _ in range(mask.shape[0]):
        looks = ops.minimum(ops.matmul(looks, looks), 1.0)
    return ops.any(ops.triu(looks, k=1) > 0, axis=-1)


def leak_spreads(inputs, mask):
    changes = ops.diagonal(_changes(inputs, mask, lambda positions, t: positions > t))
    return ops.cumsum(ops.cast(changes > 1e-6, "int32")) > 0
