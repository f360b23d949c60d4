"""Wrong answers to `soft_lookup` beside its mutants."""

import math

from keras import ops


def _mix(scores, values):
    return ops.matmul(ops.softmax(scores), values)


def scores_clipped__above(query, keys, values, temperature):
    return _mix(ops.minimum(ops.matmul(keys, query) / temperature, 80.0), values)


def overflow__in_plain_python(query, keys, values, temperature):
    scores = (ops.convert_to_numpy(keys) @ ops.convert_to_numpy(query) / temperature).tolist()
    exponentials = [math.exp(score) for score in scores]
    weights = [exponential / sum(exponentials) for exponential in exponentials]
    return ops.matmul(ops.convert_to_tensor(weights, dtype="float32"), values)


def overflow__with_a_small_number_below(query, keys, values, temperature):
    exponentials = ops.exp(ops.matmul(keys, query) / temperature)
    return ops.matmul(exponentials / (ops.sum(exponentials) + 1e-9), values)


def not_normalised__largest_subtracted(query, keys, values, temperature):
    scores = ops.matmul(keys, query) / temperature
    return ops.matmul(ops.exp(scores - ops.max(scores)), values)


def temperature_from_below(query, keys, values, temperature):
    return _mix(ops.matmul(keys, query) / max(temperature, 0.1), values)


def temperature_from_above(query, keys, values, temperature):
    return _mix(ops.matmul(keys, query) / min(temperature, 10.0), values)


def temperature_from_one(query, keys, values, temperature):
    return _mix(ops.matmul(keys, query) / (1 + temperature), values)


def root_of_temperature(query, keys, values, temperature):
    return _mix(ops.matmul(keys, query) / temperature**0.5, values)


def cosines(query, keys, values, temperature):
    scores = ops.matmul(keys, query) / ops.norm(query) / ops.norm(keys, axis=-1)
    return _mix(scores / temperature, values)


def average_over_keys_again(query, keys, values, temperature):
    return _mix(ops.matmul(keys, query) / temperature, values) / keys.shape[0]


def distances(query, keys, values, temperature):
    return _mix(-ops.sum(ops.square(keys - query), axis=-1) / temperature, values)
