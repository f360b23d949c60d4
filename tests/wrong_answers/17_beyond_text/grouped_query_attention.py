"""Wrong answers to `grouped_query_attention` beside its mutants."""

import numpy as np


def _own(heads, groups):
    return np.arange(heads) // (heads // groups)


def _in_turn(heads, groups):
    return np.arange(heads) % groups


def _attend(query, key, value, of_keys=_own, of_values=_own, axis=-1, scale=None):
    query, key, value = (np.array(array, "float64") for array in (query, key, value))
    sizes = query.shape[1], key.shape[1]
    scores = query @ key[:, of_keys(*sizes)].swapaxes(2, 3) / (scale or query.shape[3] ** 0.5)
    scores = np.where(np.tril(np.ones(scores.shape[2:], bool)), scores, -1e30)
    shares = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return shares / shares.sum(axis=axis, keepdims=True) @ value[:, of_values(*sizes)]


def keys_and_values_of_different_groups__keys_in_turn(query, key, value):
    return _attend(query, key, value, of_keys=_in_turn)


def keys_and_values_of_different_groups__values_of_the_first(query, key, value):
    return _attend(query, key, value, of_values=lambda heads, groups: np.zeros(heads, int))


def groups_averaged__summed(query, key, value):
    key, value = (np.array(array).sum(axis=1, keepdims=True) for array in (key, value))
    return _attend(query, key, value)


def softmax_over_another_axis__heads(query, key, value):
    return _attend(query, key, value, axis=1)


def scale_of_another_size__not_the_root(query, key, value):
    return _attend(query, key, value, scale=query.shape[3])


def scale_of_another_size__of_the_length(query, key, value):
    return _attend(query, key, value, scale=query.shape[2] ** 0.5)


def groups_in_turn__split_the_other_way(query, key, value):
    query = np.array(query)
    batch, heads, length, width = query.shape
    split = query.reshape(batch, heads // key.shape[1], key.shape[1], length, width)
    outputs = [_attend(split[:, index], key, value) for index in range(split.shape[1])]
    return np.stack(outputs, axis=1).reshape(query.shape)


def keys_in_place_of_values(query, key, value):
    return _attend(query, key, key)


def last_group_for_all(query, key, value):
    return _attend(query, np.array(key)[:, -1:], np.array(value)[:, -1:])


def groups_of_queries(query, key, value):
    query = np.array(query)
    batch, heads, length, width = query.shape
    groups = key.shape[1]
    return _attend(query.reshape(batch, groups, heads // groups, length, width).mean(axis=2), key, value)
