"""Right answers to `sees_future` in other styles."""

import numpy as np
from keras import ops


def _two_layers(inputs, mask):
    weights = ops.cast(mask, inputs.dtype)
    weights = weights / ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1.0)
    for _ in range(2):
        inputs = inputs + ops.matmul(weights, inputs)
    return inputs


def future_set_to_zero(inputs, mask):
    before, found = _two_layers(inputs, mask), []
    for t in range(inputs.shape[0]):
        kept = ops.cast(ops.arange(inputs.shape[0]) <= t, "float32")[:, None]
        found.append(bool(ops.any(_two_layers(inputs * kept, mask)[t] != before[t])))
    return found


def as_a_list_of_tensors(inputs, mask):
    before, found = _two_layers(inputs, mask), []
    for t in range(inputs.shape[0]):
        changed = ops.concatenate([inputs[: t + 1], -2.0 * inputs[t + 1 :]], axis=0)
        found.append(ops.norm(_two_layers(changed, mask)[t] - before[t]) > 1e-5)
    return found


def in_numpy(inputs, mask):
    inputs, mask = np.asarray(inputs, dtype="float64"), np.asarray(mask)
    weights = mask / np.maximum(mask.sum(axis=-1, keepdims=True), 1)
    model = np.linalg.matrix_power(np.eye(len(mask)) + weights, 2)
    found = np.zeros(len(inputs), dtype=bool)
    for t in range(len(inputs)):
        changed = inputs.copy()
        changed[t + 1 :] = np.random.default_rng(t).normal(0, 5, changed[t + 1 :].shape)
        found[t] = not np.allclose((model @ changed)[t], (model @ inputs)[t], atol=1e-9)
    return found


def one_position_after_the_other(inputs, mask):
    before, found = _two_layers(inputs, mask), []
    for t in range(inputs.shape[0]):
        leaks = False
        for later in range(t + 1, inputs.shape[0]):
            spot = ops.one_hot(later, inputs.shape[0])[:, None]
            leaks |= float(ops.max(ops.abs(_two_layers(inputs + 10 * spot, mask)[t] - before[t]))) > 1e-5
        found.append(leaks)
    return np.array(found)


def all_at_once(inputs, mask):
    positions = ops.arange(inputs.shape[0])
    changed = inputs[None] + 3.0 * ops.cast(positions[None, :] > positions[:, None], "float32")[:, :, None]
    changes = ops.abs(_two_layers(changed, mask) - _two_layers(inputs, mask)[None])
    return ops.diagonal(ops.max(changes, axis=-1)) > 1e-5


def by_following_the_mask(inputs, mask):
    step = ops.logical_or(mask, ops.eye(mask.shape[0], dtype="bool"))
    step = ops.cast(step, "int32")
    return ops.any(ops.triu(ops.matmul(step, step), k=1) > 0, axis=1)
