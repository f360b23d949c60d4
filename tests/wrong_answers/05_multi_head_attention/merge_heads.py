"""Wrong answers to `merge_heads` beside its mutants."""

from keras import ops


def _merged(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.swapaxes(heads, 1, 2), (batch, length, num_heads * width))


def columns_interleaved__by_stacking(heads):
    batch, num_heads, length, width = heads.shape
    stacked = ops.stack([heads[:, n] for n in range(num_heads)], axis=-1)
    return ops.reshape(stacked, (batch, length, num_heads * width))


def axes_of_length_one_lost(heads):
    return ops.squeeze(_merged(heads))


def first_head_for_all(heads):
    return ops.tile(heads[:, 0], (1, 1, heads.shape[1]))


def largest_over_heads(heads):
    return ops.max(heads, axis=1)


def batch_moved_too(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.transpose(heads, (2, 0, 1, 3)), (batch, length, num_heads * width))


def heads_before_time(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.swapaxes(heads, 1, 3), (batch, length, num_heads * width))


def time_and_vector_exchanged(heads):
    return ops.swapaxes(_merged(heads), 1, 2)


def heads_rolled(heads):
    return _merged(ops.roll(heads, 1, axis=1))


def flat_for_a_dense_layer(heads):
    return ops.reshape(ops.swapaxes(heads, 1, 2), (heads.shape[0], -1))
