"""Right answers to `residual_block` in other styles."""

import numpy as np
from keras import ops


def _norm(x, scale, shift):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(ops.mean(centred**2, axis=-1, keepdims=True) + 1e-5) + shift


def in_numpy(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    inputs, kernel, scale, shift, kept = (np.asarray(x) for x in (inputs, kernel, scale, shift, kept))

    def norm(x):
        return scale * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) + shift

    x = np.maximum((norm(inputs) if norm_place == "pre" else inputs) @ kernel, 0)
    x = inputs + (x * kept / (1 - rate) if training else x)
    return norm(x) if norm_place == "post" else x


def two_branches(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    share = ops.cast(kept, "float32") / (1.0 - rate) if training else 1.0
    if norm_place == "pre":
        return inputs + share * ops.relu(_norm(inputs, scale, shift) @ kernel)
    return _norm(inputs + share * ops.relu(inputs @ kernel), scale, shift)


def dropped_before_the_activation(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    x = ops.matmul(_norm(inputs, scale, shift) if norm_place == "pre" else inputs, kernel)
    if training and rate > 0:
        x = ops.where(kept, x, ops.zeros_like(x)) * (1 / (1 - rate))
    x = ops.add(inputs, ops.maximum(x, 0))
    return {"pre": lambda: x, "post": lambda: _norm(x, scale, shift)}[norm_place]()


def written_the_other_way_round(inputs, kernel, scale, shift, norm_place, kept, rate, training):
    rate = rate if training else 0.0
    dropped = ops.logical_and(ops.logical_not(kept), training)
    x = inputs
    if norm_place != "post":
        x = _norm(x, scale, shift)
    x = ops.einsum("btd,de->bte", x, kernel)
    x = ops.where(ops.logical_or(dropped, x < 0), 0.0, x / (1 - rate)) + inputs
    return x if norm_place != "post" else _norm(x, scale, shift)
