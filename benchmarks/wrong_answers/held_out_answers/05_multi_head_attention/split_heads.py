import numpy as np
from keras import ops


def wrong_1(inputs, num_heads):
    """Reshapes straight to (B, N, T, K), so that heads get pieces of other positions. Wrong on: N above 1 and T above 1."""
    b, t, d = inputs.shape
    return ops.reshape(inputs, (b, num_heads, t, d // num_heads))


def wrong_2(inputs, num_heads):
    """Leaves the heads behind the positions: (B, T, N, K); wrong on almost any input."""
    b, t, d = inputs.shape
    return ops.reshape(inputs, (b, t, num_heads, d // num_heads))


def wrong_3(inputs, num_heads):
    """Interleaved: head n owns the columns n, n + N, n + 2 N and so on. Wrong on: N above 1 and K above 1."""
    b, t, d = inputs.shape
    return ops.transpose(ops.reshape(inputs, (b, t, d // num_heads, num_heads)), (0, 3, 1, 2))


def wrong_4(inputs, num_heads):
    """Takes num_heads for the width of a head; right only if N is K."""
    b, t, d = inputs.shape
    return ops.transpose(ops.reshape(inputs, (b, t, d // num_heads, num_heads)), (0, 2, 1, 3))


def wrong_5(inputs, num_heads):
    """Heads before the batch: (N, B, T, K); wrong on almost any input."""
    return ops.stack(ops.split(inputs, num_heads, axis=-1), axis=0)


def wrong_6(inputs, num_heads):
    """Swaps positions and entries of a head: (B, N, K, T); wrong on almost any input."""
    b, t, d = inputs.shape
    return ops.transpose(ops.reshape(inputs, (b, t, num_heads, d // num_heads)), (0, 2, 3, 1))


def wrong_7(inputs, num_heads):
    """Cuts the positions into pieces, not the vectors; fails when N does not divide T."""
    return ops.stack(ops.split(inputs, num_heads, axis=1), axis=1)


def wrong_8(inputs, num_heads):
    """Merges heads into the batch: (B N, T, K); wrong on almost any input."""
    return ops.concatenate(ops.split(inputs, num_heads, axis=-1), axis=0)


def right_1(inputs, num_heads):
    """NumPy reshape and transpose."""
    x = np.asarray(inputs)
    return x.reshape(*x.shape[:2], num_heads, -1).transpose(0, 2, 1, 3)


def right_2(inputs, num_heads):
    """Pieces cut off and stacked."""
    return ops.stack(ops.split(inputs, num_heads, axis=2), axis=1)


def right_3(inputs, num_heads):
    """Slices in a loop."""
    width = inputs.shape[-1] // num_heads
    heads = [inputs[:, None, :, n * width : (n + 1) * width] for n in range(num_heads)]
    return ops.concatenate(heads, axis=1)


def right_4(inputs, num_heads):
    """Entry by entry from the formula."""
    x = np.asarray(inputs)
    b, t, d = x.shape
    k = d // num_heads
    heads = np.empty((b, num_heads, t, k), x.dtype)
    for i, n, j, e in np.ndindex(heads.shape):
        heads[i, n, j, e] = x[i, j, n * k + e]
    return ops.convert_to_tensor(heads)
