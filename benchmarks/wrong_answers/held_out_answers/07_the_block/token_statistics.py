import numpy as np
from keras import ops


def wrong_1(inputs, mask):
    """Ignores the mask; wrong on almost any input."""
    mean = ops.mean(inputs, axis=(0, 1))
    return mean, ops.mean(ops.square(inputs - mean), axis=(0, 1))


def wrong_2(inputs, mask):
    """Masks the sums but divides by B T; wrong on almost any input."""
    weights = ops.cast(mask, inputs.dtype)[..., None]
    count = inputs.shape[0] * inputs.shape[1]
    kept = ops.where(mask[..., None], inputs, 0.0)
    mean = ops.sum(kept, axis=(0, 1)) / count
    return mean, ops.sum(weights * ops.square(kept - mean), axis=(0, 1)) / count


def wrong_3(inputs, mask):
    """Multiplies by the mask: nan or infinity at padding makes nan."""
    weights = ops.cast(mask, inputs.dtype)[..., None]
    count = ops.sum(weights)
    mean = ops.sum(weights * inputs, axis=(0, 1)) / count
    return mean, ops.sum(weights * ops.square(inputs - mean), axis=(0, 1)) / count


def wrong_4(inputs, mask):
    """Zeroes padding but then counts its distance from the mean in the variance; wrong on almost any input."""
    count = ops.sum(ops.cast(mask, inputs.dtype))
    kept = ops.where(mask[..., None], inputs, 0.0)
    mean = ops.sum(kept, axis=(0, 1)) / count
    return mean, ops.sum(ops.square(kept - mean), axis=(0, 1)) / count


def wrong_5(inputs, mask):
    """Divides by n - 1 in the variance (infinite or nan when there is one position only)."""
    real = np.array(inputs)[np.array(mask)]
    return ops.convert_to_tensor(real.mean(axis=0)), ops.convert_to_tensor(real.var(axis=0, ddof=1))


def wrong_6(inputs, mask):
    """Statistics of each sentence, averaged; wrong when lengths differ."""
    weights = ops.cast(mask, inputs.dtype)[..., None]
    kept = ops.where(mask[..., None], inputs, 0.0)
    count = ops.maximum(ops.sum(weights, axis=1, keepdims=True), 1.0)
    mean = ops.sum(kept, axis=1, keepdims=True) / count
    variance = ops.sum(weights * ops.square(kept - mean), axis=1, keepdims=True) / count
    return ops.mean(mean, axis=(0, 1)), ops.mean(variance, axis=(0, 1))


def wrong_7(inputs, mask):
    """Returns the standard deviation, not the variance. Wrong on: two real positions or more."""
    real = np.array(inputs)[np.array(mask)]
    return ops.convert_to_tensor(real.mean(axis=0)), ops.convert_to_tensor(real.std(axis=0))


def wrong_8(inputs, mask):
    """Variance first, mean second; wrong on almost any input."""
    real = np.array(inputs)[np.array(mask)]
    return ops.convert_to_tensor(real.var(axis=0)), ops.convert_to_tensor(real.mean(axis=0))


def wrong_9(inputs, mask):
    """One mean and one variance for all channels together: scalars; wrong on almost any input."""
    real = np.array(inputs)[np.array(mask)]
    return ops.convert_to_tensor(real.mean()), ops.convert_to_tensor(real.var())


def wrong_10(inputs, mask):
    """The mean of the squares, without the square of the mean taken off; wrong on almost any input."""
    real = np.array(inputs)[np.array(mask)]
    return ops.convert_to_tensor(real.mean(axis=0)), ops.convert_to_tensor((real**2).mean(axis=0))


def right_1(inputs, mask):
    """NumPy, boolean index."""
    real = np.asarray(inputs)[np.asarray(mask)]
    return real.mean(axis=0), real.var(axis=0)


def right_2(inputs, mask):
    """Where before every sum."""
    keep = ops.expand_dims(mask, -1)
    n = ops.sum(ops.cast(mask, "float32"))
    mean = ops.sum(ops.where(keep, inputs, 0.0), axis=(0, 1)) / n
    squares = ops.where(keep, ops.square(inputs - mean), 0.0)
    return mean, ops.sum(squares, axis=(0, 1)) / n


def right_3(inputs, mask):
    """Laid flat, real rows gathered; a list for the pair."""
    rows = ops.convert_to_tensor(np.flatnonzero(np.asarray(mask)).astype("int32"))
    real = ops.take(ops.reshape(inputs, (-1, inputs.shape[-1])), rows, axis=0)
    return [ops.mean(real, axis=0), ops.var(real, axis=0)]


def right_4(inputs, mask):
    """Loops in pure Python."""
    pairs = zip(np.asarray(inputs).tolist(), np.asarray(mask).tolist())
    real = [x for xs, ms in pairs for x, m in zip(xs, ms) if m]
    means = [sum(column) / len(real) for column in zip(*real)]
    variances = [sum((x - m) ** 2 for x in column) / len(real) for column, m in zip(zip(*real), means)]
    return ops.convert_to_tensor(means, dtype="float32"), ops.convert_to_tensor(variances, dtype="float32")
