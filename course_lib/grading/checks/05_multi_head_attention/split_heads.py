"""Verdict of `split_heads`: (B, T, N · K) cut into heads (B, N, T, K)."""

import numpy as np


def draw(generator):
    """Inputs of many shapes; in one of them there are as many heads as positions."""
    return [
        {"inputs": generator.normal(0, scale, (batch, length, heads * width)), "num_heads": heads}
        for batch, length, heads, width, scale in (
            (1, 3, 2, 2, 1.0),
            (2, 5, 3, 7, 1.0),
            (3, 7, 5, 2, 10.0),
            (2, 3, 3, 5, 0.1),
            (5, 2, 7, 3, 1.0),
            (2, 3, 1, 5, 1.0),
            (2, 5, 3, 1, 1.0),
            (2, 1, 3, 2, 1.0),
            (3, 3, 3, 3, 1.0),
        )
    ]


def _sizes(case):
    """B, T, N, K"""
    batch, length, width = case["inputs"].shape
    return batch, length, case["num_heads"], width // case["num_heads"]


CONDITIONS = {
    "all sizes different": lambda case: len({*_sizes(case)}) == 4,
    "all sizes alike": lambda case: len({*_sizes(case)}) == 1,
    "as many heads as positions": lambda case: _sizes(case)[1] == _sizes(case)[2] != _sizes(case)[3],
    "one sentence": lambda case: _sizes(case)[0] == 1,
    "one position": lambda case: _sizes(case)[1] == 1,
    "one head": lambda case: _sizes(case)[2] == 1,
    "one column a head": lambda case: _sizes(case)[3] == 1,
}


def _pieces(inputs, num_heads):
    """(B, T, N, K)"""
    return inputs.reshape(*inputs.shape[:2], num_heads, -1)


def reference(inputs, num_heads):
    return _pieces(inputs, num_heads).transpose(0, 2, 1, 3)


def _reshaped_only(inputs, num_heads):
    return inputs.reshape(inputs.shape[0], num_heads, inputs.shape[1], -1)


def _columns_interleaved(inputs, num_heads):
    return inputs.reshape(*inputs.shape[:2], -1, num_heads).transpose(0, 3, 1, 2)


def _time_before_heads(inputs, num_heads):
    return _pieces(inputs, num_heads)


def _time_last(inputs, num_heads):
    return _pieces(inputs, num_heads).transpose(0, 2, 3, 1)


def _heads_before_batch(inputs, num_heads):
    return _pieces(inputs, num_heads).transpose(2, 0, 1, 3)


def _heads_folded_into_batch(inputs, num_heads):
    heads = reference(inputs, num_heads)
    return heads.reshape(-1, *heads.shape[2:])


def _width_before_heads(inputs, num_heads):
    return _pieces(inputs, num_heads).transpose(0, 3, 1, 2)


def _one_piece_for_all(inputs, num_heads):
    first = reference(inputs, num_heads)[:, :1]
    return np.repeat(first, num_heads, axis=1)


MISTAKES = {
    "reshaped_only": _reshaped_only,
    "columns_interleaved": _columns_interleaved,
    "time_before_heads": _time_before_heads,
    "time_last": _time_last,
    "heads_before_batch": _heads_before_batch,
    "heads_folded_into_batch": _heads_folded_into_batch,
    "width_before_heads": _width_before_heads,
    "one_piece_for_all": _one_piece_for_all,
}
