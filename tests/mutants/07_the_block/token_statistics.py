"""Wrong answers to `token_statistics`, each named after the mistake it makes."""

from keras import ops


def _real(inputs, mask):
    return ops.cast(mask, inputs.dtype)[:, :, None]


def _statistics(inputs, is_real):
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / ops.sum(is_real)
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / ops.sum(is_real)


def mask_inverted(inputs, mask):
    return _statistics(inputs, _real(inputs, ops.logical_not(mask)))


def mask_ignored(inputs, mask):
    return ops.moments(inputs, axes=(0, 1))


def padding_as_zeros(inputs, mask):
    return ops.moments(inputs * _real(inputs, mask), axes=(0, 1))


def divided_by_all(inputs, mask):
    is_real, count = _real(inputs, mask), inputs.shape[0] * inputs.shape[1]
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / count
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / count


def variance_counts_padding(inputs, mask):
    is_real = _real(inputs, mask)
    real = inputs * is_real
    mean = ops.sum(real, axis=(0, 1)) / ops.sum(is_real)
    return mean, ops.sum((real - mean) ** 2, axis=(0, 1)) / ops.sum(is_real)


def mean_of_means(inputs, mask):
    is_real = _real(inputs, mask)
    counts = ops.sum(is_real, axis=1)
    mean = ops.mean(ops.sum(is_real * inputs, axis=1) / counts, axis=0)
    return mean, ops.mean(ops.sum(is_real * (inputs - mean) ** 2, axis=1) / counts, axis=0)


def per_sentence(inputs, mask):
    is_real = _real(inputs, mask)
    counts = ops.sum(is_real, axis=1)
    mean = ops.sum(is_real * inputs, axis=1) / counts
    return mean, ops.sum(is_real * (inputs - mean[:, None]) ** 2, axis=1) / counts


def unbiased_variance(inputs, mask):
    is_real = _real(inputs, mask)
    mean, _ = _statistics(inputs, is_real)
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / (ops.sum(is_real) - 1)


def deviation_returned(inputs, mask):
    mean, variance = _statistics(inputs, _real(inputs, mask))
    return mean, ops.sqrt(variance)


def variance_around_zero(inputs, mask):
    is_real = _real(inputs, mask)
    mean, _ = _statistics(inputs, is_real)
    return mean, ops.sum(is_real * inputs**2, axis=(0, 1)) / ops.sum(is_real)


def mean_and_variance_swapped(inputs, mask):
    mean, variance = _statistics(inputs, _real(inputs, mask))
    return variance, mean


def first_n_taken(inputs, mask):
    lengths = ops.sum(ops.cast(mask, "int32"), axis=1)
    return _statistics(inputs, _real(inputs, ops.arange(mask.shape[1]) < lengths[:, None]))
