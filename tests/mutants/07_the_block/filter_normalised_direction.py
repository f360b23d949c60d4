"""Wrong answers to `filter_normalised_direction`, each named after the mistake it makes."""

from keras import ops


def _length(matrix, axis=0):
    return ops.sqrt(ops.sum(ops.square(matrix), axis=axis, keepdims=True))


def whole_matrix(weights, random):
    return random * ops.norm(weights) / ops.norm(random)


def rows_for_columns(weights, random):
    return random * _length(weights, 1) / _length(random, 1)


def unit_columns(weights, random):
    return random / _length(random)


def random_not_normalised(weights, random):
    return random * _length(weights)


def inverted(weights, random):
    return random * _length(random) / _length(weights)


def root_missing(weights, random):
    return random * ops.sum(weights**2, axis=0) / ops.sum(random**2, axis=0)


def entry_by_entry(weights, random):
    return random * ops.abs(weights) / ops.abs(random)


def weights_added(weights, random):
    return weights + random * _length(weights) / _length(random)


def weights_rescaled(weights, random):
    return weights * _length(random) / _length(weights)


def deviation_for_length(weights, random):
    return random * ops.std(weights, axis=0) / ops.std(random, axis=0)


def zero_columns_moved(weights, random):
    lengths = _length(weights)
    return random * ops.where(lengths == 0.0, 1.0, lengths) / _length(random)
