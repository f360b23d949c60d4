import math

import numpy as np
from keras import ops


def wrong_1(query, keys, values, temperature):
    """Multiplies by the temperature. Wrong on: any temperature but 1."""
    return ops.matmul(ops.softmax(ops.matmul(keys, query) * temperature), values)


def wrong_2(query, keys, values, temperature):
    """Ignores the temperature. Wrong on: any temperature but 1."""
    return ops.matmul(ops.softmax(ops.matmul(keys, query)), values)


def wrong_3(query, keys, values, temperature):
    """Exponentials without taking the maximum off: nan when scores reach the hundreds."""
    weights = ops.exp(ops.matmul(keys, query) / temperature)
    return ops.matmul(weights / ops.sum(weights), values)


def wrong_4(query, keys, values, temperature):
    """Takes the best match alone. Wrong on: temperatures that are not near 0."""
    return values[int(ops.argmax(ops.matmul(keys, query)))]


def wrong_5(query, keys, values, temperature):
    """Divides the weights by the temperature, after the softmax. Wrong on: any temperature but 1."""
    return ops.matmul(ops.softmax(ops.matmul(keys, query)) / temperature, values)


def wrong_6(query, keys, values, temperature):
    """Divides by the root of the width, too. Wrong on: D above 1."""
    scores = ops.matmul(keys, query) / (temperature * query.shape[0] ** 0.5)
    return ops.matmul(ops.softmax(scores), values)


def wrong_7(query, keys, values, temperature):
    """Distances in the place of products: a kernel of Nadaraya and Watson. Wrong on: keys of different lengths."""
    scores = -ops.sum(ops.square(keys - query), axis=-1) / temperature
    return ops.matmul(ops.softmax(scores), values)


def wrong_8(query, keys, values, temperature):
    """Clips the scores at 50 against overflow, so that large ones become equal."""
    scores = ops.clip(ops.matmul(keys, query) / temperature, -50, 50)
    return ops.matmul(ops.softmax(scores), values)


def wrong_9(query, keys, values, temperature):
    """Keeps a leading axis: shape (1, V); wrong on almost any input."""
    weights = ops.softmax(ops.matmul(query[None], ops.transpose(keys)) / temperature, axis=-1)
    return ops.matmul(weights, values)


def right_1(query, keys, values, temperature):
    """NumPy."""
    scores = np.asarray(keys) @ np.asarray(query) / temperature
    weights = np.exp(scores - scores.max())
    return weights @ np.asarray(values) / weights.sum()


def right_2(query, keys, values, temperature):
    """Loops in pure Python."""
    q = np.asarray(query).tolist()
    scores = [sum(x * y for x, y in zip(q, k)) / temperature for k in np.asarray(keys).tolist()]
    weights = [math.exp(a - max(scores)) for a in scores]
    total = sum(weights)
    columns = zip(*np.asarray(values).tolist())
    mixed = [sum(w * v for w, v in zip(weights, column)) / total for column in columns]
    return ops.convert_to_tensor(mixed, dtype="float32")


def right_3(query, keys, values, temperature):
    """Products summed by hand, weights in a column."""
    scores = ops.sum(keys * query / temperature, axis=1, keepdims=True)
    return ops.sum(ops.softmax(scores, axis=0) * values, axis=0)
