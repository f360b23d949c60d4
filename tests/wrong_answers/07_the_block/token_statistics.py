"""Wrong answers to `token_statistics` beside its mutants."""

from keras import ops


def _statistics(inputs, is_real):
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / ops.sum(is_real)
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / ops.sum(is_real)


def _real(inputs, mask):
    return ops.cast(mask, inputs.dtype)[:, :, None]


def mean_of_means__empty_sentences_guarded(inputs, mask):
    is_real = _real(inputs, mask)
    counts = ops.maximum(ops.sum(is_real, axis=1), 1.0)
    mean = ops.mean(ops.sum(is_real * inputs, axis=1) / counts, axis=0)
    return mean, ops.mean(ops.sum(is_real * (inputs - mean) ** 2, axis=1) / counts, axis=0)


def up_to_the_last_real_position(inputs, mask):
    positions = ops.arange(1, mask.shape[1] + 1)
    last = ops.max(ops.where(mask, positions, 0), axis=1, keepdims=True)
    return _statistics(inputs, _real(inputs, positions <= last))


def mask_of_the_first_sentence(inputs, mask):
    return _statistics(inputs, _real(inputs, ops.broadcast_to(mask[:1], mask.shape)))


def divided_by_number_of_sentences(inputs, mask):
    is_real = _real(inputs, mask)
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / inputs.shape[0]
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / inputs.shape[0]


def divided_by_channels_too(inputs, mask):
    is_real = ops.broadcast_to(_real(inputs, mask), inputs.shape)
    return _statistics(inputs, is_real)


def one_more_in_the_count(inputs, mask):
    is_real = _real(inputs, mask)
    count = ops.sum(is_real) + 1
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / count
    return mean, ops.sum(is_real * (inputs - mean) ** 2, axis=(0, 1)) / count


def absolute_distances(inputs, mask):
    is_real = _real(inputs, mask)
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / ops.sum(is_real)
    return mean, ops.sum(is_real * ops.abs(inputs - mean), axis=(0, 1)) / ops.sum(is_real)


def one_number_for_all_channels(inputs, mask):
    mean, variance = _statistics(inputs, _real(inputs, mask))
    return ops.mean(mean) + 0 * mean, ops.mean(variance) + 0 * mean


def variance_around_the_mean_of_a_sentence(inputs, mask):
    is_real = _real(inputs, mask)
    means = ops.sum(is_real * inputs, axis=1, keepdims=True)
    means = means / ops.maximum(ops.sum(is_real, axis=1, keepdims=True), 1.0)
    mean = ops.sum(is_real * inputs, axis=(0, 1)) / ops.sum(is_real)
    return mean, ops.sum(is_real * (inputs - means) ** 2, axis=(0, 1)) / ops.sum(is_real)


def mean_alone(inputs, mask):
    return _statistics(inputs, _real(inputs, mask))[0]


def small_values_taken_for_padding(inputs, mask):
    is_real = ops.cast(ops.abs(inputs) < 10 * ops.median(ops.abs(inputs)), inputs.dtype)
    return _statistics(inputs, is_real * _real(inputs, mask))


def last_position_left_out(inputs, mask):
    return _statistics(inputs[:, :-1], _real(inputs, mask)[:, :-1])
