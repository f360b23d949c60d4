"""Right answers to `masked_mean_pooling` in other styles."""

import numpy as np
from keras import ops


def with_where(outputs, padding_mask):
    kept = ops.where(padding_mask[:, :, None], outputs, 0.0)
    number = ops.sum(ops.cast(padding_mask, "float32"), axis=1, keepdims=True)
    return ops.sum(kept, axis=1) / ops.where(number > 0, number, 1.0)


def in_numpy(outputs, padding_mask):
    outputs, mask = np.asarray(outputs), np.asarray(padding_mask)
    rows = zip(outputs, mask, strict=True)
    means = [row[kept].mean(axis=0) if kept.any() else np.zeros(row.shape[1]) for row, kept in rows]
    return np.stack(means)


def with_einsum(outputs, padding_mask):
    mask = ops.cast(padding_mask, "float32")
    number = ops.maximum(ops.sum(mask, axis=1), 1.0)
    return ops.einsum("btd,bt->bd", outputs, mask / number[:, None])


def as_attention(outputs, padding_mask):
    mask = ops.cast(padding_mask, "float32")
    weights = mask / ops.maximum(ops.sum(mask, axis=1, keepdims=True), 1e-9)
    return ops.matmul(weights[:, None], outputs)[:, 0]


def nan_replaced(outputs, padding_mask):
    mask = ops.cast(padding_mask, "float32")[:, :, None]
    means = ops.sum(outputs * mask, axis=1) / ops.sum(mask, axis=1)
    return ops.where(ops.any(padding_mask, axis=1)[:, None], means, 0.0)


def divided_without_nan(outputs, padding_mask):
    mask = ops.cast(padding_mask, "float32")[:, :, None]
    return ops.divide_no_nan(ops.sum(outputs * mask, axis=1), ops.sum(mask, axis=1))
