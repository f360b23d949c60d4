"""Wrong answers to `gru_step` beside its mutants."""

from keras import ops


def _parts(inputs, hidden, kernel, recurrent_kernel, bias):
    size = hidden.shape[1]
    from_inputs = ops.split(inputs @ kernel + bias, 3, axis=1)
    update = ops.sigmoid(from_inputs[0] + hidden @ recurrent_kernel[:, :size])
    reset = ops.sigmoid(from_inputs[1] + hidden @ recurrent_kernel[:, size : 2 * size])
    return update, reset, from_inputs[2], recurrent_kernel[:, 2 * size :]


def _blend(update, hidden, candidate, mask):
    return ops.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def mask_of_the_first_row_for_all(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(
        update, hidden, ops.tanh(from_inputs + (reset * hidden) @ matrix), ops.tile(mask[:1], len(mask))
    )


def all_move_when_one_does(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    mask = ops.any(mask) & ops.ones_like(mask)
    return _blend(update, hidden, ops.tanh(from_inputs + (reset * hidden) @ matrix), mask)


def candidate_without_memory(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, _, from_inputs, _ = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, ops.tanh(from_inputs), mask)


def candidate_without_inputs(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, _, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, ops.tanh((reset * hidden) @ matrix), mask)


def reset_on_the_inputs(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, ops.tanh(reset * from_inputs + hidden @ matrix), mask)


def reset_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, ops.tanh(from_inputs + ((1 - reset) * hidden) @ matrix), mask)


def reset_state_kept(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = ops.tanh(from_inputs + (reset * hidden) @ matrix)
    return ops.where(mask[:, None], update * reset * hidden + (1 - update) * candidate, hidden)


def old_state_always_added(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = ops.tanh(from_inputs + (reset * hidden) @ matrix)
    return ops.where(mask[:, None], hidden + (1 - update) * candidate, hidden)


def tanh_over_everything(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    candidate = ops.tanh(from_inputs + (reset * hidden) @ matrix)
    return ops.where(mask[:, None], ops.tanh(update * hidden + (1 - update) * candidate), hidden)


def bias_of_the_gates_alone(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    from_inputs = from_inputs - bias[2 * hidden.shape[1] :]
    return _blend(update, hidden, ops.tanh(from_inputs + (reset * hidden) @ matrix), mask)


def candidate_not_tanh__relu(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, reset, from_inputs, matrix = _parts(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, ops.relu(from_inputs + (reset * hidden) @ matrix), mask)
