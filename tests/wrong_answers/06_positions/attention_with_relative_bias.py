"""Wrong answers to `attention_with_relative_bias` beside its mutants."""

import numpy as np
from keras import ops


def _scores(query, key):
    return ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5


def _distance(length):
    return ops.arange(length, dtype="int32")[None, :] - ops.arange(length, dtype="int32")[:, None]


def _bias(query, table, furthest=None):
    furthest = table.shape[1] // 2 if furthest is None else furthest
    columns = ops.clip(_distance(query.shape[2]), -furthest, furthest) + furthest
    return ops.take(table, columns, axis=1)


def _context(scores, value):
    return ops.matmul(ops.softmax(scores, axis=-1), value)


def direction_lost__nearest_in_the_first_column(query, key, value, table):
    columns = ops.minimum(ops.abs(_distance(query.shape[2])), table.shape[1] // 2)
    return _context(_scores(query, key) + ops.take(table, columns, axis=1), value)


def scaled_by_another_size__of_the_model(query, key, value, table):
    products = ops.matmul(query, ops.swapaxes(key, -1, -2))
    width = query.shape[1] * query.shape[3]
    return _context(products / width**0.5 + _bias(query, table), value)


def distances_not_clipped(query, key, value, table):
    columns = np.asarray(_distance(query.shape[2])) + table.shape[1] // 2
    return _context(_scores(query, key) + np.asarray(table)[:, columns % table.shape[1]], value)


def bias_read_by_key_alone(query, key, value, table):
    furthest = table.shape[1] // 2
    columns = ops.minimum(ops.arange(query.shape[2]), furthest) + furthest
    return _context(_scores(query, key) + ops.take(table, columns, axis=1)[:, None, :], value)


def middle_missed_by_one(query, key, value, table):
    furthest = table.shape[1] // 2
    columns = ops.clip(_distance(query.shape[2]) + furthest + 1, 0, 2 * furthest)
    return _context(_scores(query, key) + ops.take(table, columns, axis=1), value)


def clipped_one_short(query, key, value, table):
    furthest = table.shape[1] // 2
    columns = ops.clip(_distance(query.shape[2]), 1 - furthest, furthest - 1) + furthest
    return _context(_scores(query, key) + ops.take(table, columns, axis=1), value)


def future_hidden(query, key, value, table):
    scores = _scores(query, key) + _bias(query, table)
    return _context(ops.where(_distance(query.shape[2]) <= 0, scores, -1e9), value)


def bias_without_softmax_of_scores(query, key, value, table):
    return ops.matmul(ops.softmax(_scores(query, key)) * ops.exp(_bias(query, table)), value)


def heads_averaged(query, key, value, table):
    bias = ops.mean(_bias(query, table), axis=0)
    return _context(_scores(query, key) + bias, value)


def heads_in_reverse_order(query, key, value, table):
    return _context(_scores(query, key) + _bias(query, table)[::-1], value)


def bias_subtracted(query, key, value, table):
    return _context(_scores(query, key) - _bias(query, table), value)


def weights_returned(query, key, value, table):
    return ops.softmax(_scores(query, key) + _bias(query, table), axis=-1)


def bias_on_the_values(query, key, value, table):
    weights = ops.softmax(_scores(query, key), axis=-1)
    return ops.matmul(weights, value) + ops.sum(weights * _bias(query, table), axis=-1, keepdims=True)
