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
    ):
        query, key = generator.normal(0, scale, (2, batch, heads, length, width))
        value = generator.normal(0, scale, (batch, heads, length, value_width))
        table = generator.normal(0, 2.0, (heads, 2 * max_distance + 1))
        cases.append({"query": query, "key": key, "value": value, "table": table})
    return cases


def _softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _plain(query, key):
    return np.einsum("bntk,bnsk->bnts", query, key)


def _scores(query, key):
    return _plain(query, key) / np.sqrt(query.shape[-1])


def _bias(query, table):
    """Biases (N, T, T)."""
    furthest = table.shape[1] // 2
    distance = np.arange(query.shape[2])[None, :] - np.arange(query.shape[2])[:, None]
    return table[:, np.clip(distance, -furthest, furthest) + furthest]


def reference(query, key, value, table):
    return _softmax(_scores(query, key) + _bias(query, table)) @ value


def _sign_inverted(query, key, value, table):
    return reference(query, key, value, table[:, ::-1])


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
    "bias_after_softmax": _bias_after_softmax,
    "bias_scaled": _bias_scaled,
    "scale_forgotten": _scale_forgotten,
    "bias_multiplied": _bias_multiplied,
    "one_head_for_all": _one_head_for_all,
    "softmax_over_queries": _softmax_over_queries,
}
