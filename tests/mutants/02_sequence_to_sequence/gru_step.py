"""Wrong answers to `gru_step`, each named after the mistake it makes."""

from keras import ops


def _gates(inputs, hidden, kernel, recurrent_kernel, bias):
    size = hidden.shape[1]
    mixed = inputs @ kernel[:, : 2 * size] + hidden @ recurrent_kernel[:, : 2 * size] + bias[: 2 * size]
    return ops.split(ops.sigmoid(mixed), 2, axis=1)


def _candidate(inputs, memory, kernel, recurrent_kernel, bias):
    size = recurrent_kernel.shape[0]
    from_inputs = inputs @ kernel[:, 2 * size :] + bias[2 * size :]
    return ops.tanh(from_inputs + memory @ recurrent_kernel[:, 2 * size :])


def _new(inputs, hidden, kernel, recurrent_kernel, bias):
    update, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    return update * hidden + (1 - update) * _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)


def mask_ignored(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return _new(inputs, hidden, kernel, recurrent_kernel, bias)


def mask_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return ops.where(mask[:, None], hidden, _new(inputs, hidden, kernel, recurrent_kernel, bias))


def zero_at_padding(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return ops.where(mask[:, None], _new(inputs, hidden, kernel, recurrent_kernel, bias), 0.0)


def input_zeroed_at_padding(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    inputs = ops.where(mask[:, None], inputs, 0.0)
    return _new(inputs, hidden, kernel, recurrent_kernel, bias)


def update_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], (1 - update) * hidden + update * candidate, hidden)


def gates_swapped(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    reset, update = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def reset_forgotten(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, _ = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def reset_after_product(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    size = hidden.shape[1]
    update, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    from_inputs = inputs @ kernel[:, 2 * size :] + bias[2 * size :]
    candidate = ops.tanh(from_inputs + reset * (hidden @ recurrent_kernel[:, 2 * size :]))
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def gates_blind(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    size = hidden.shape[1]
    mixed = inputs @ kernel[:, : 2 * size] + bias[: 2 * size]
    update, reset = ops.split(ops.sigmoid(mixed), 2, axis=1)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def candidate_not_tanh(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    size = hidden.shape[1]
    update, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    memory = (reset * hidden) @ recurrent_kernel[:, 2 * size :]
    candidate = ops.sigmoid(inputs @ kernel[:, 2 * size :] + memory + bias[2 * size :])
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def bias_forgotten(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    new = _new(inputs, hidden, kernel, recurrent_kernel, ops.zeros_like(bias))
    return ops.where(mask[:, None], new, hidden)


def candidate_masked(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return update * hidden + (1 - update) * ops.where(mask[:, None], candidate, 0.0)


def update_ignored(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    _, reset = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], candidate, hidden)


def blocks_in_another_order(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    kernel, recurrent_kernel, bias = (
        ops.roll(weights, -hidden.shape[1], axis=-1) for weights in (kernel, recurrent_kernel, bias)
    )
    return ops.where(mask[:, None], _new(inputs, hidden, kernel, recurrent_kernel, bias), hidden)


def blocks_interleaved(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    kernel, recurrent_kernel, bias = (
        ops.concatenate([weights[..., 0::3], weights[..., 1::3], weights[..., 2::3]], axis=-1)
        for weights in (kernel, recurrent_kernel, bias)
    )
    return ops.where(mask[:, None], _new(inputs, hidden, kernel, recurrent_kernel, bias), hidden)


def update_for_reset(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, _ = _gates(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = _candidate(inputs, update * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def gates_not_sigmoid(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    size = hidden.shape[1]
    mixed = inputs @ kernel[:, : 2 * size] + hidden @ recurrent_kernel[:, : 2 * size] + bias[: 2 * size]
    update, reset = ops.split(ops.hard_sigmoid(mixed), 2, axis=1)
    candidate = _candidate(inputs, reset * hidden, kernel, recurrent_kernel, bias)
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)
