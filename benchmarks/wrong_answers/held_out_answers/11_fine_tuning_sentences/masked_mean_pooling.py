import keras
import numpy as np
from keras import ops


def right_1(outputs, padding_mask):
    """Padding is replaced by zero, the sum divided by the count, at least 1."""
    kept = ops.where(padding_mask[:, :, None], outputs, ops.zeros_like(outputs))
    count = ops.sum(ops.cast(padding_mask, outputs.dtype), axis=1, keepdims=True)
    return ops.sum(kept, axis=1) / ops.maximum(count, 1.0)


def right_2(outputs, padding_mask):
    """A row of weights per sentence, times its matrix."""
    m = ops.cast(padding_mask, outputs.dtype)
    weights = ops.divide_no_nan(m, ops.sum(m, axis=-1, keepdims=True))
    return ops.squeeze(ops.matmul(weights[:, None, :], outputs), axis=1)


def right_3(outputs, padding_mask):
    """NumPy, sentence by sentence."""
    h = ops.convert_to_numpy(outputs)
    mask = np.asarray(ops.convert_to_numpy(padding_mask), dtype=bool)
    result = np.zeros((h.shape[0], h.shape[2]), dtype=h.dtype)
    for b in range(h.shape[0]):
        real = h[b][mask[b]]
        if len(real):
            result[b] = real.mean(axis=0)
    return ops.convert_to_tensor(result)


def right_4(outputs, padding_mask):
    """A running mean: each real token moves it by its difference over the count so far."""
    mean = ops.zeros_like(outputs[:, 0])
    count = ops.zeros_like(outputs[:, 0, :1])
    for t in range(outputs.shape[1]):
        real = padding_mask[:, t, None]
        count = count + ops.cast(real, outputs.dtype)
        moved = mean + (outputs[:, t] - mean) / ops.maximum(count, 1.0)
        mean = ops.where(real, moved, mean)
    return mean


def wrong_1(outputs, padding_mask):
    """The mask is forgotten. Wrong on: any padding."""
    return ops.mean(outputs, axis=1)


def wrong_2(outputs, padding_mask):
    """Padding is zeroed, but the mean is over T. Wrong on: sentences shorter than T."""
    return ops.mean(outputs * ops.cast(padding_mask, outputs.dtype)[..., None], axis=1)


def wrong_3(outputs, padding_mask):
    """Nothing keeps 0 from being divided by 0. Wrong on: a sentence without a real token."""
    m = ops.cast(padding_mask, outputs.dtype)
    return ops.einsum("bt,btd->bd", m, outputs) / ops.sum(m, axis=1)[:, None]


def wrong_4(outputs, padding_mask):
    """The mask is taken to be True at padding. Wrong on: nearly all inputs."""
    m = 1.0 - ops.cast(padding_mask, outputs.dtype)
    return ops.einsum("bt,btd->bd", m, outputs) / ops.maximum(ops.sum(m, axis=1)[:, None], 1.0)


def wrong_5(outputs, padding_mask):
    """The first n tokens are taken, n the count. Wrong on: padding in front or between."""
    count = ops.sum(ops.cast(padding_mask, "int32"), axis=1, keepdims=True)
    first = ops.cast(ops.arange(outputs.shape[1])[None, :] < count, outputs.dtype)
    return ops.einsum("bt,btd->bd", first, outputs) / ops.maximum(ops.cast(count, outputs.dtype), 1.0)


def wrong_6(outputs, padding_mask):
    """1 is added to every count to avoid a division by 0. Wrong on: every sentence with a real token."""
    m = ops.cast(padding_mask, outputs.dtype)[..., None]
    return ops.sum(outputs * m, axis=1) / (ops.sum(m, axis=1) + 1.0)


def wrong_7(outputs, padding_mask):
    """The sum of padding is subtracted from the sum of all. Wrong on: padding of 1e8, which cancels badly."""
    m = ops.cast(padding_mask, outputs.dtype)[..., None]
    real = ops.sum(outputs, axis=1) - ops.sum(outputs * (1.0 - m), axis=1)
    return real / ops.maximum(ops.sum(m, axis=1), 1.0)


def wrong_8(outputs, padding_mask):
    """Uniform attention with -1e9 at padding. Wrong on: a sentence without real tokens (mean of padding)."""
    share = ops.softmax((1.0 - ops.cast(padding_mask, outputs.dtype)) * -1e9, axis=-1)
    return ops.einsum("bt,btd->bd", share, outputs)


def wrong_9(outputs, padding_mask):
    """Divides by the mean count of the batch. Wrong on: sentences of different lengths."""
    m = ops.cast(padding_mask, outputs.dtype)
    count = ops.maximum(ops.sum(m) / outputs.shape[0], 1.0)
    return ops.einsum("bt,btd->bd", m, outputs) / count


def wrong_10(outputs, padding_mask):
    """Counts numbers other than 0 in place of real tokens. Wrong on: a 0 in the output at a real token."""
    kept = ops.where(padding_mask[..., None], outputs, 0.0)
    count = ops.sum(ops.cast(ops.not_equal(kept, 0.0), outputs.dtype), axis=1)
    return ops.sum(kept, axis=1) / ops.maximum(count, 1.0)


def wrong_11(outputs, padding_mask):
    """The first token is left out, as if it were always [CLS]. Wrong on: a real token at the first place."""
    m = ops.cast(padding_mask, outputs.dtype)[:, 1:, None]
    return ops.sum(outputs[:, 1:] * m, axis=1) / ops.maximum(ops.sum(m, axis=1), 1.0)


def wrong_12(outputs, padding_mask):
    """Divides by the root of the count (sqrt-n pooling). Wrong on: two real tokens or more."""
    m = ops.cast(padding_mask, outputs.dtype)[..., None]
    return ops.sum(outputs * m, axis=1) / ops.sqrt(ops.maximum(ops.sum(m, axis=1), 1.0))


def wrong_13(outputs, padding_mask):
    """The maximum over real tokens in place of the mean. Wrong on: two real tokens that differ."""
    best = ops.max(ops.where(padding_mask[..., None], outputs, -1e30), axis=1)
    return ops.where(ops.any(padding_mask, axis=1)[:, None], best, 0.0)


def wrong_14(outputs, padding_mask):
    """An empty sentence gets the mean of its padding. Wrong on: a sentence without a real token."""
    h = ops.convert_to_numpy(outputs)
    mask = ops.convert_to_numpy(padding_mask)
    rows = [h[b][mask[b]].mean(0) if mask[b].any() else h[b].mean(0) for b in range(len(h))]
    return ops.convert_to_tensor(np.stack(rows))


def wrong_15(outputs, padding_mask):
    """The mean is scaled to length 1 as well. Wrong on: means of another length."""
    m = ops.cast(padding_mask, outputs.dtype)[..., None]
    mean = ops.sum(outputs * m, axis=1) / ops.maximum(ops.sum(m, axis=1), 1.0)
    return keras.ops.normalize(mean, axis=-1)


def wrong_16(outputs, padding_mask):
    """All up to the last real token is averaged. Wrong on: padding in front or between."""
    places = ops.arange(1, outputs.shape[1] + 1)
    last = ops.max(ops.where(padding_mask, places[None, :], 0), axis=1)
    m = ops.cast(places[None, :] <= last[:, None], outputs.dtype)[..., None]
    return ops.sum(outputs * m, axis=1) / ops.maximum(ops.sum(m, axis=1), 1.0)


def wrong_17(outputs, padding_mask):
    """The mask of the first sentence serves for the whole batch. Wrong on: B > 1 with different masks."""
    keep = np.flatnonzero(ops.convert_to_numpy(padding_mask)[0])
    if len(keep) == 0:
        return ops.zeros_like(outputs[:, 0])
    return ops.mean(ops.take(outputs, keep, axis=1), axis=1)


def wrong_18(outputs, padding_mask):
    """Only large padding is dropped: above 1000 it counts as padding. Wrong on: padding of usual size."""
    usual = ops.cast(ops.all(ops.abs(outputs) < 1000.0, axis=-1), outputs.dtype)[..., None]
    empty = ops.cast(ops.any(padding_mask, axis=1), outputs.dtype)[:, None]
    return empty * ops.sum(outputs * usual, axis=1) / ops.maximum(ops.sum(usual, axis=1), 1.0)
