"""Verdict of `patch_attention`: the row of the class token, the mean over heads, on the grid."""

import numpy as np


def draw(generator):
    """Attention weights (B, N, T, T) of a class token and a grid of patches, from even to peaked."""
    cases = []
    for batch, heads, rows, columns, scale in (
        (1, 2, 1, 2, 1.0),
        (2, 3, 2, 5, 1.0),
        (3, 5, 3, 2, 4.0),
        (2, 1, 2, 3, 1.0),
        (5, 2, 3, 3, 0.3),
        (7, 7, 2, 3, 2.0),
    ):
        length = 1 + rows * columns
        shares = np.exp(generator.normal(0, scale, (batch, heads, length, length)))
        weights = shares / shares.sum(axis=-1, keepdims=True)
        cases.append({"attention_weights": weights, "rows": rows, "columns": columns})
    return cases


CONDITIONS = {
    "more rows than columns": lambda case: case["rows"] > case["columns"] > 1,
    "more columns than rows": lambda case: case["columns"] > case["rows"] > 1,
    "a square grid": lambda case: case["rows"] == case["columns"] > 1,
    "several heads": lambda case: case["attention_weights"].shape[1] > 1,
    "one head": lambda case: case["attention_weights"].shape[1] == 1,
    "one picture": lambda case: len(case["attention_weights"]) == 1,
    "as many pictures as heads and tokens": lambda case: len(set(case["attention_weights"].shape)) == 1,
}


def reference(attention_weights, rows, columns):
    batch, heads = attention_weights.shape[:2]
    grid = np.zeros((batch, rows, columns))
    for b, n, r, c in np.ndindex(batch, heads, rows, columns):
        grid[b, r, c] += attention_weights[b, n, 0, 1 + r * columns + c] / heads
    return grid


def _with(take=lambda weights: weights[:, :, 0, 1:], over_heads=lambda maps: maps.mean(axis=1)):
    """The answer with other weights, (B, N, R C), or another way to make one map of the heads'."""

    def answer(attention_weights, rows, columns):
        return over_heads(take(attention_weights)).reshape(-1, rows, columns)

    return answer


def _renormalised(maps):
    return maps / maps.sum(axis=-1, keepdims=True)


def _by_columns(attention_weights, rows, columns):
    patches = attention_weights[:, :, 0, 1:].mean(axis=1)
    return patches.reshape(-1, columns, rows).swapaxes(1, 2)


def _sizes_exchanged(attention_weights, rows, columns):
    return attention_weights[:, :, 0, 1:].mean(axis=1).reshape(-1, columns, rows)


MISTAKES = {
    "renormalised": (
        _with(over_heads=lambda maps: _renormalised(maps.mean(axis=1))),
        _with(over_heads=lambda maps: _renormalised(maps).mean(axis=1)),
    ),
    "who_attends_to_it": _with(take=lambda weights: weights[:, :, 1:, 0]),
    "class_token_is_a_patch": _with(take=lambda weights: weights[:, :, 0, :-1]),
    "class_token_last": _with(take=lambda weights: weights[:, :, -1, :-1]),
    "other_token_asked": (
        _with(take=lambda weights: weights[:, :, 1, 1:]),
        _with(take=lambda weights: weights[:, :, -1, 1:]),
    ),
    "mean_over_queries": (
        _with(take=lambda weights: weights[..., 1:].mean(axis=2)),
        _with(take=lambda weights: weights[:, :, 1:, 1:].mean(axis=2)),
    ),
    "sum_over_heads": _with(over_heads=lambda maps: maps.sum(axis=1)),
    "one_head_alone": (
        _with(over_heads=lambda maps: maps[:, 0]),
        _with(over_heads=lambda maps: maps[:, -1]),
    ),
    "largest_of_heads": _with(over_heads=lambda maps: maps.max(axis=1)),
    "grid_transposed": (_by_columns, _sizes_exchanged),
}
