"""Verdict of `attention_with_relative_bias`: a number for head and distance, added to the scaled scores."""

import numpy as np


def draw(generator):
    """Heads (B, N, T, K), values of another width, tables that clip and tables that need not."""
    cases = []
    for batch, heads, length, width, value_width, max_distance, scale in (
        (1, 1, 3, 2, 2, 1, 1.0),
        (2, 3, 5, 7, 3, 2, 1.0),
        (3, 2, 7, 5, 2, 3, 0.1),
        (2, 5, 11, 3, 7, 2, 2.0),
        (1, 2, 5, 11, 5, 7, 1.0),
        (2, 4, 4, 4, 3, 3, 1.0),
    ):
        query, key = generator.normal(0, scale, (2, batch, heads, length, width))
        value = generator.normal(0, scale, (batch, heads, length, value_width))
        table = generator.normal(0, 2.0, (heads, 2 * max_distance + 1))
        cases.append({"query": query, "key": key, "value": value, "table": table})
    return cases


def _furthest(case):
    return case["table"].shape[1] // 2


CONDITIONS = {
    "distances beyond the table": lambda case: case["query"].shape[2] - 1 > _furthest(case),
    "a longest distance in the last column": lambda case: case["query"].shape[2] - 1 == _furthest(case) > 1,
    "a table with columns to spare": lambda case: case["query"].shape[2] - 1 < _furthest(case),
    "a table of three columns": lambda case: case["table"].shape[1] == 3,
    "one head": lambda case: case["query"].shape[1] == 1,
    "one sentence of several heads": lambda case: len(case["query"]) == 1 < case["query"].shape[1],
    "as many heads as positions and entries": lambda case: len(set(case["query"].shape[1:])) == 1,
    "values wider than keys": lambda case: case["value"].shape[-1] > case["key"].shape[-1],
    "values narrower than keys": lambda case: case["value"].shape[-1] < case["key"].shape[-1],
}


def _softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _plain(query, key):
    return np.einsum("bntk,bnsk->bnts", query, key)


def _scores(query, key):
    return _plain(query, key) / np.sqrt(query.shape[-1])


def _distance(length):
    return np.arange(length)[None, :] - np.arange(length)[:, None]


def _bias(query, table, of_distance=lambda distance: distance):
    """Biases (N, T, T)."""
    furthest = table.shape[1] // 2
    distance = of_distance(_distance(query.shape[2]))
    return table[:, np.clip(distance, -furthest, furthest) + furthest]


def reference(query, key, value, table):
    return _softmax(_scores(query, key) + _bias(query, table)) @ value


def _sign_inverted(query, key, value, table):
    return reference(query, key, value, table[:, ::-1])


def _direction_lost(sign):
    def answer(query, key, value, table):
        bias = _bias(query, table, lambda distance: sign * np.abs(distance))
        return _softmax(_scores(query, key) + bias) @ value

    return answer


def _size_as_column(query, key, value, table):
    columns = np.minimum(np.abs(_distance(query.shape[2])), table.shape[1] // 2)
    return _softmax(_scores(query, key) + table[:, columns]) @ value


def _bias_scrambled(query, key, value, table):
    bias = np.moveaxis(_bias(query, table), 0, -1).reshape(-1, query.shape[2], query.shape[2])
    return _softmax(_scores(query, key) + bias) @ value


def _scaled_by(size):
    def answer(query, key, value, table):
        return _softmax(_plain(query, key) / np.sqrt(size(query, value)) + _bias(query, table)) @ value

    return answer


def _bias_forgotten(query, key, value, table):
    return _softmax(_scores(query, key)) @ value


def _bias_after_softmax(query, key, value, table):
    return (_softmax(_scores(query, key)) + _bias(query, table)) @ value


def _bias_scaled(query, key, value, table):
    return _softmax((_plain(query, key) + _bias(query, table)) / np.sqrt(query.shape[-1])) @ value


def _scale_forgotten(query, key, value, table):
    return _softmax(_plain(query, key) + _bias(query, table)) @ value


def _bias_multiplied(query, key, value, table):
    return _softmax(_scores(query, key) * _bias(query, table)) @ value


def _one_head_for_all(query, key, value, table):
    return _softmax(_scores(query, key) + _bias(query, table)[:1]) @ value


def _softmax_over_queries(query, key, value, table):
    weights = _softmax((_scores(query, key) + _bias(query, table)).swapaxes(-1, -2)).swapaxes(-1, -2)
    return weights @ value


MISTAKES = {
    "bias_forgotten": _bias_forgotten,
    "sign_inverted": _sign_inverted,
    "direction_lost": (_direction_lost(1), _direction_lost(-1), _size_as_column),
    "bias_scrambled": _bias_scrambled,
    "bias_after_softmax": _bias_after_softmax,
    "bias_scaled": _bias_scaled,
    "scale_forgotten": _scale_forgotten,
    "scaled_by_another_size": (
        _scaled_by(lambda query, value: query.shape[1]),
        _scaled_by(lambda query, value: query.shape[2]),
        _scaled_by(lambda query, value: query.shape[1] * query.shape[3]),
        _scaled_by(lambda query, value: value.shape[3]),
        _scaled_by(lambda query, value: query.shape[3] ** 2),
    ),
    "bias_multiplied": _bias_multiplied,
    "one_head_for_all": _one_head_for_all,
    "softmax_over_queries": _softmax_over_queries,
}
