"""Wrong answers to `attention_with_relative_bias`, each named after the mistake it makes."""

from keras import ops


def _plain(query, key):
    return ops.matmul(query, ops.swapaxes(key, -1, -2))


def _scores(query, key):
    return _plain(query, key) / query.shape[-1] ** 0.5


def _bias(query, table, sign=1):
    positions, furthest = ops.arange(query.shape[2], dtype="int32"), table.shape[1] // 2
    distance = sign * (positions[None, :] - positions[:, None])
    return ops.take(table, ops.clip(distance, -furthest, furthest) + furthest, axis=1)


def _context(scores, value):
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def bias_forgotten(query, key, value, table):
    return _context(_scores(query, key), value)


def sign_inverted(query, key, value, table):
    return _context(_scores(query, key) + _bias(query, table, sign=-1), value)


def bias_after_softmax(query, key, value, table):
    return ops.matmul(ops.softmax(_scores(query, key), axis=-1) + _bias(query, table), value)


def bias_scaled(query, key, value, table):
    return _context((_plain(query, key) + _bias(query, table)) / query.shape[-1] ** 0.5, value)


def scale_forgotten(query, key, value, table):
    return _context(_plain(query, key) + _bias(query, table), value)


def bias_multiplied(query, key, value, table):
    return _context(_scores(query, key) * _bias(query, table), value)


def one_head_for_all(query, key, value, table):
    return _context(_scores(query, key) + _bias(query, table)[0], value)


def softmax_over_queries(query, key, value, table):
    weights = ops.softmax(_scores(query, key) + _bias(query, table), axis=-2)
    return ops.matmul(weights, value)


def direction_lost(query, key, value, table):
    positions, furthest = ops.arange(query.shape[2], dtype="int32"), table.shape[1] // 2
    distance = ops.abs(positions[None, :] - positions[:, None])
    bias = ops.take(table, ops.clip(distance, 0, furthest) + furthest, axis=1)
    return _context(_scores(query, key) + bias, value)


def bias_scrambled(query, key, value, table):
    bias = ops.transpose(_bias(query, table), (1, 2, 0))
    return _context(_scores(query, key) + ops.reshape(bias, (-1, *bias.shape[:2])), value)


def scaled_by_another_size(query, key, value, table):
    return _context(_plain(query, key) / query.shape[1] ** 0.5 + _bias(query, table), value)
