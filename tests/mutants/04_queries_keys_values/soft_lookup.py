"""Wrong answers to `soft_lookup`, each named after the mistake it makes."""

from keras import ops


def keys_returned(query, keys, values, temperature):
    return ops.matmul(ops.softmax(ops.matmul(keys, query) / temperature), keys)


def temperature_multiplied(query, keys, values, temperature):
    return ops.matmul(ops.softmax(ops.matmul(keys, query) * temperature), values)


def temperature_after_softmax(query, keys, values, temperature):
    return ops.matmul(ops.softmax(ops.matmul(keys, query)) / temperature, values)


def temperature_ignored(query, keys, values, temperature):
    return ops.matmul(ops.softmax(ops.matmul(keys, query)), values)


def scaled_by_width(query, keys, values, temperature):
    scores = ops.matmul(keys, query) / (temperature * query.shape[-1] ** 0.5)
    return ops.matmul(ops.softmax(scores), values)


def hard_lookup(query, keys, values, temperature):
    return ops.take(values, ops.argmax(ops.matmul(keys, query)), axis=0)


def softmax_forgotten(query, keys, values, temperature):
    return ops.matmul(ops.matmul(keys, query) / temperature, values)


def not_normalised(query, keys, values, temperature):
    return ops.matmul(ops.exp(ops.matmul(keys, query) / temperature), values)


def plain_mean(query, keys, values, temperature):
    return ops.mean(values, axis=0)


def overflow(query, keys, values, temperature):
    exponentials = ops.exp(ops.matmul(keys, query) / temperature)
    return ops.matmul(exponentials / ops.sum(exponentials), values)


def scores_clipped(query, keys, values, temperature):
    exponentials = ops.exp(ops.clip(ops.matmul(keys, query) / temperature, -80.0, 80.0))
    return ops.matmul(exponentials / ops.sum(exponentials), values)
