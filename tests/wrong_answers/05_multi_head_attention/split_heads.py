"""Wrong answers to `split_heads` beside its mutants."""

from keras import ops


def _heads(inputs, num_heads):
    batch, length, width = inputs.shape
    return ops.swapaxes(ops.reshape(inputs, (batch, length, num_heads, width // num_heads)), 1, 2)


def columns_interleaved__by_steps(inputs, num_heads):
    return ops.stack([inputs[..., n::num_heads] for n in range(num_heads)], axis=1)


def reshaped_only__after_a_swap(inputs, num_heads):
    batch, length, width = inputs.shape
    return ops.reshape(inputs, (batch, num_heads, -1, width // num_heads))


def width_and_number_exchanged(inputs, num_heads):
    return _heads(inputs, inputs.shape[-1] // num_heads)


def heads_reversed(inputs, num_heads):
    return ops.flip(_heads(inputs, num_heads), axis=1)


def axes_of_length_one_lost(inputs, num_heads):
    return ops.squeeze(_heads(inputs, num_heads))


def heads_before_batch__as_a_list(inputs, num_heads):
    return ops.split(inputs, num_heads, axis=-1)


def transposed_before_cutting(inputs, num_heads):
    batch, length, width = inputs.shape
    return ops.reshape(ops.swapaxes(inputs, 1, 2), (batch, num_heads, length, width // num_heads))


def sentences_and_heads_mixed(inputs, num_heads):
    batch, length, width = inputs.shape
    pieces = ops.reshape(inputs, (batch, length, num_heads, width // num_heads))
    return ops.reshape(ops.transpose(pieces, (2, 0, 1, 3)), (batch, num_heads, length, width // num_heads))


def overlapping_pieces(inputs, num_heads):
    width = inputs.shape[-1] // num_heads
    return ops.stack([inputs[..., n : n + width] for n in range(num_heads)], axis=1)
