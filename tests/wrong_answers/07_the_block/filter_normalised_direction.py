"""Wrong answers to `filter_normalised_direction` beside its mutants."""

from keras import ops


def _length(matrix, axis=0):
    return ops.sqrt(ops.sum(ops.square(matrix), axis=axis, keepdims=True))


def zero_columns_moved__by_the_random_ones(weights, random):
    lengths = _length(weights)
    return ops.where(lengths == 0.0, random, random * lengths / _length(random))


def sums_of_absolute_values(weights, random):
    lengths = ops.sum(ops.abs(weights), axis=0)
    return random * lengths / ops.sum(ops.abs(random), axis=0)


def largest_entries(weights, random):
    return random * ops.max(ops.abs(weights), axis=0) / ops.max(ops.abs(random), axis=0)


def mean_length_for_all(weights, random):
    return random * ops.mean(_length(weights)) / _length(random)


def root_above_alone(weights, random):
    return random * _length(weights) / ops.sum(ops.square(random), axis=0)


def signs_of_the_weights(weights, random):
    return ops.sign(weights) * ops.abs(random) * _length(weights) / _length(random)


def random_left_as_it_is(weights, random):
    return random


def weights_returned(weights, random):
    return weights


def roots_of_means_and_sums(weights, random):
    return random * ops.sqrt(ops.mean(ops.square(weights), axis=0)) / _length(random)


def never_below_a_thousandth(weights, random):
    return random * ops.maximum(_length(weights), 1e-3) / _length(random)


def made_orthogonal_to_the_weights(weights, random):
    share = ops.sum(random * weights, axis=0) / (ops.sum(ops.square(weights), axis=0) + 1e-9)
    return (random - share * weights) * _length(weights) / _length(random)


def centred_first(weights, random):
    random = random - ops.mean(random, axis=0)
    return random * _length(weights) / (_length(random) + 1e-9)
