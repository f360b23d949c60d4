"""Right answers to `token_statistics` in other styles."""

import numpy as np
from keras import ops


def words_picked_in_numpy(inputs, mask):
    words = np.asarray(inputs)[np.asarray(mask)]
    return words.mean(axis=0), words.var(axis=0)


def as_one_stack(inputs, mask):
    is_real = ops.cast(ops.expand_dims(mask, -1), "float32")
    count = ops.sum(is_real)
    mean = ops.einsum("btd,btx->d", inputs, is_real) / count
    return ops.stack([mean, ops.einsum("btd,btx->d", ops.square(inputs - mean), is_real) / count])


def as_a_list(inputs, mask):
    real = mask[..., None]
    count = ops.cast(ops.count_nonzero(mask), inputs.dtype)
    mean = ops.sum(ops.where(real, inputs, 0.0), axis=[0, 1]) / count
    return [mean, ops.sum(ops.where(real, inputs - mean, 0.0) ** 2, axis=[0, 1]) / count]


def in_loops(inputs, mask):
    words = [
        vector
        for sentence, reals in zip(np.asarray(inputs).tolist(), np.asarray(mask).tolist(), strict=True)
        for vector, real in zip(sentence, reals, strict=True)
        if real
    ]
    columns = list(zip(*words, strict=True))
    means = [sum(column) / len(words) for column in columns]
    return means, [
        sum((x - mean) ** 2 for x in column) / len(words) for column, mean in zip(columns, means, strict=True)
    ]


def flattened(inputs, mask):
    flat = ops.reshape(inputs, (-1, inputs.shape[-1]))
    share = ops.reshape(ops.cast(mask, "float32"), (-1,)) / ops.sum(ops.cast(mask, "float32"))
    mean = ops.matmul(share, flat)
    return mean, ops.matmul(share, (flat - mean) ** 2)
