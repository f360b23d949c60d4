"""Verdict of `multiplicative_score`: the bilinear form of every query with every key."""

import numpy as np


def draw(generator):
    """Queries (B, T, Dq), keys (B, S, Dk), kernel (Dq, Dk); of one width in some cases only."""
    cases = []
    for batch, length, keys, query_width, key_width, scale in (
        (1, 2, 3, 2, 2, 1.0),
        (2, 3, 5, 7, 5, 0.1),
        (3, 5, 5, 7, 7, 1.0),
        (2, 7, 3, 3, 11, 10.0),
        (3, 5, 2, 5, 5, 3.0),
        (2, 1, 5, 2, 3, 30.0),
    ):
        cases.append(
            {
                "query": generator.normal(0, scale, (batch, length, query_width)),
                "key": generator.normal(0, scale, (batch, keys, key_width)),
                "kernel": generator.normal(0, 1, (query_width, key_width)),
            }
        )
    return cases


CONDITIONS = {
    "queries and keys of different width": lambda case: len({*case["kernel"].shape}) == 2,
    "a square kernel, and as many queries as keys": lambda case: (
        len({*case["kernel"].shape}) == 1 and case["query"].shape == case["key"].shape
    ),
    "a square kernel, and fewer keys than queries": lambda case: (
        len({*case["kernel"].shape}) == 1 and case["query"].shape[1] > case["key"].shape[1]
    ),
    "one query of several sentences": lambda case: case["query"].shape[1] == 1 < len(case["query"]),
    "one sentence": lambda case: len(case["query"]) == 1,
    "large scores": lambda case: np.abs(reference(**case)).max() > 300,
}


def reference(query, key, kernel):
    return np.einsum("btq,qk,bsk->bts", query, kernel, key)


def _kernel_transposed(query, key, kernel):
    return np.einsum("btq,kq,bsk->bts", query, kernel, key)


def _kernel_ignored(query, key, kernel):
    return np.einsum("btd,bsd->bts", query, key)


def _transposed_scores(query, key, kernel):
    return reference(query, key, kernel).swapaxes(-1, -2)


def _scaled(width):
    return lambda query, key, kernel: reference(query, key, kernel) / np.sqrt(width(query, key))


def _tanh_added(query, key, kernel):
    return np.tanh(reference(query, key, kernel))


def _tanh_on_key(query, key, kernel):
    return np.einsum("btq,bsq->bts", query, np.tanh(np.einsum("qk,bsk->bsq", kernel, key)))


def _reshaped_projection(query, key, kernel):
    projected = key @ kernel.T  # (B, S, Dq)
    batch, keys, width = projected.shape
    return query @ projected.reshape(batch, width, keys)


def _softmax_included(query, key, kernel):
    scores = reference(query, key, kernel)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _elementwise_kernel(query, key, kernel):
    return np.einsum("btd,d,bsd->bts", query, np.diagonal(kernel), key)


MISTAKES = {
    "kernel_transposed": _kernel_transposed,
    "kernel_ignored": _kernel_ignored,
    "diagonal_only": _elementwise_kernel,
    "transposed_scores": _transposed_scores,
    "scaled": (
        _scaled(lambda query, key: query.shape[-1]),
        _scaled(lambda query, key: key.shape[-1]),
    ),
    "tanh_added": (_tanh_added, _tanh_on_key),
    "reshaped_projection": _reshaped_projection,
    "softmax_included": _softmax_included,
}
