"""Wrong answers to `elman_step` beside its mutants."""

from keras import ops


def _sum(inputs, state, kernel, recurrent_kernel, bias):
    return ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias


def half_of_the_old_state(inputs, state, kernel, recurrent_kernel, bias):
    return 0.5 * state + 0.5 * ops.tanh(_sum(inputs, state, kernel, recurrent_kernel, bias))


def two_activations(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(inputs @ kernel + bias) + ops.tanh(state @ recurrent_kernel)


def tanh_twice(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.tanh(_sum(inputs, state, kernel, recurrent_kernel, bias)))


def multiplied_instead_of_added(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh((inputs @ kernel) * (state @ recurrent_kernel) + bias)


def sigmoid_moved_to_plus_minus_one(inputs, state, kernel, recurrent_kernel, bias):
    return 2.0 * ops.sigmoid(_sum(inputs, state, kernel, recurrent_kernel, bias)) - 1.0


def bias_subtracted(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(_sum(inputs, state, kernel, recurrent_kernel, -bias))


def first_row_of_the_state_for_all(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(_sum(inputs, state[:1], kernel, recurrent_kernel, bias))


def two_steps(inputs, state, kernel, recurrent_kernel, bias):
    state = ops.tanh(_sum(inputs, state, kernel, recurrent_kernel, bias))
    return ops.tanh(_sum(inputs, state, kernel, recurrent_kernel, bias))


def another_activation__leaky(inputs, state, kernel, recurrent_kernel, bias):
    return ops.leaky_relu(_sum(inputs, state, kernel, recurrent_kernel, bias))


def another_activation__clipped(inputs, state, kernel, recurrent_kernel, bias):
    return ops.clip(_sum(inputs, state, kernel, recurrent_kernel, bias), -1, 1)


def recurrent_kernel_transposed__in_einsum(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(inputs @ kernel + ops.einsum("bd,ed->be", state, recurrent_kernel) + bias)
