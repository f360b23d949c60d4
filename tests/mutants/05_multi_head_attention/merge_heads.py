"""Wrong answers to `merge_heads`, each named after the mistake it makes."""

from keras import ops


def reshaped_only(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(heads, (batch, length, num_heads * width))


def columns_interleaved(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.transpose(heads, (0, 2, 3, 1)), (batch, length, num_heads * width))


def wrong_axes_swapped(heads):
    batch, num_heads, length, width = heads.shape
    return ops.reshape(ops.swapaxes(heads, 2, 3), (batch, length, num_heads * width))


def not_merged(heads):
    return ops.swapaxes(heads, 1, 2)


def heads_behind_each_other(heads):
    return ops.concatenate([heads[:, head] for head in range(heads.shape[1])], axis=1)


def heads_averaged(heads):
    return ops.mean(heads, axis=1)


def heads_summed(heads):
    return ops.sum(heads, axis=1)


def heads_reversed(heads):
    return ops.concatenate([heads[:, head] for head in reversed(range(heads.shape[1]))], axis=-1)
