"""Wrong answers to `elman_step`, each named after the mistake it makes."""

from keras import ops


def tanh_forgotten(inputs, state, kernel, recurrent_kernel, bias):
    return ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias


def sigmoid_instead(inputs, state, kernel, recurrent_kernel, bias):
    return ops.sigmoid(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)


def recurrent_kernel_transposed(inputs, state, kernel, recurrent_kernel, bias):
    recurrent = ops.matmul(state, ops.transpose(recurrent_kernel))
    return ops.tanh(ops.matmul(inputs, kernel) + recurrent + bias)


def state_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(inputs, kernel) + bias)


def inputs_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(state, recurrent_kernel) + bias)


def bias_ignored(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel))


def state_added_outside(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(inputs, kernel) + bias) + ops.matmul(state, recurrent_kernel)


def recurrent_kernel_elementwise(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(inputs, kernel) + state * ops.diagonal(recurrent_kernel) + bias)


def another_activation(inputs, state, kernel, recurrent_kernel, bias):
    return ops.relu(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)


def bias_outside(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel)) + bias


def bias_twice(inputs, state, kernel, recurrent_kernel, bias):
    return ops.tanh((ops.matmul(inputs, kernel) + bias) + (ops.matmul(state, recurrent_kernel) + bias))


def residual(inputs, state, kernel, recurrent_kernel, bias):
    return state + ops.tanh(ops.matmul(inputs, kernel) + ops.matmul(state, recurrent_kernel) + bias)
