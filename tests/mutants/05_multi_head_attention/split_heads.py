"""Wrong answers to `split_heads`, each named after the mistake it makes."""

from keras import ops


def _pieces(inputs, num_heads):
    batch, length, width = inputs.shape
    return ops.reshape(inputs, (batch, length, num_heads, width // num_heads))


def reshaped_only(inputs, num_heads):
    batch, length, width = inputs.shape
    return ops.reshape(inputs, (batch, num_heads, length, width // num_heads))


def columns_interleaved(inputs, num_heads):
    batch, length, width = inputs.shape
    pieces = ops.reshape(inputs, (batch, length, width // num_heads, num_heads))
    return ops.transpose(pieces, (0, 3, 1, 2))


def time_before_heads(inputs, num_heads):
    return _pieces(inputs, num_heads)


def time_last(inputs, num_heads):
    return ops.transpose(_pieces(inputs, num_heads), (0, 2, 3, 1))


def heads_before_batch(inputs, num_heads):
    return ops.stack(ops.split(inputs, num_heads, axis=-1))


def heads_folded_into_batch(inputs, num_heads):
    batch, length, width = inputs.shape
    heads = ops.swapaxes(_pieces(inputs, num_heads), 1, 2)
    return ops.reshape(heads, (batch * num_heads, length, width // num_heads))


def width_before_heads(inputs, num_heads):
    return ops.transpose(_pieces(inputs, num_heads), (0, 3, 1, 2))


def one_piece_for_all(inputs, num_heads):
    width = inputs.shape[-1] // num_heads
    return ops.stack([inputs[..., :width] for _ in range(num_heads)], axis=1)
