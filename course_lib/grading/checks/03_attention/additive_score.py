"""Verdict of `additive_score`: a network with one tanh layer on every pair of query and key."""

import numpy as np


def draw(generator):
    """Queries (B, T, Dq), keys (B, S, Dk), kernels to a hidden layer of width H, scale (H,)."""
    cases = []
    for batch, length, keys, query_width, key_width, hidden, scale in (
        (1, 2, 3, 2, 2, 2, 1.0),
        (2, 3, 5, 7, 5, 3, 0.1),
        (3, 5, 5, 7, 7, 5, 1.0),
        (2, 7, 3, 3, 11, 7, 2.0),
        (3, 5, 2, 5, 5, 11, 0.5),
        (2, 1, 5, 3, 11, 7, 30.0),
        (3, 2, 3, 5, 7, 1, 1.0),
    ):
        cases.append(
            {
                "query": generator.normal(0, scale, (batch, length, query_width)),
                "key": generator.normal(0, scale, (batch, keys, key_width)),
                "query_kernel": generator.normal(0, 1, (query_width, hidden)),
                "key_kernel": generator.normal(0, 1, (key_width, hidden)),
                "scale": generator.normal(0, 1, hidden),
            }
        )
    return cases


def _parts(query, key, query_kernel, key_kernel):
    queries = np.einsum("btq,qh->bth", query, query_kernel)[:, :, None]
    keys = np.einsum("bsk,kh->bsh", key, key_kernel)[:, None]
    return queries, keys


CONDITIONS = {
    "queries and keys of different width": lambda case: case["query"].shape[2] != case["key"].shape[2],
    "kernels of one shape, and as many queries as keys": lambda case: (
        case["query_kernel"].shape == case["key_kernel"].shape and case["query"].shape == case["key"].shape
    ),
    "all sizes different": lambda case: (
        len({*case["query"].shape, *case["key"].shape, *case["scale"].shape}) == 6
    ),
    "one query of several sentences": lambda case: case["query"].shape[1] == 1 < len(case["query"]),
    "one sentence": lambda case: len(case["query"]) == 1,
    "one hidden unit": lambda case: case["scale"].shape == (1,),
    "tanh far from linear": lambda case: np.abs(case["query"] @ case["query_kernel"]).max() > 10,
}


def reference(query, key, query_kernel, key_kernel, scale):
    queries, keys = _parts(query, key, query_kernel, key_kernel)
    return np.einsum("btsh,h->bts", np.tanh(queries + keys), scale)


def _re_enact(combine):
    """A re-enactment from what a misconception makes of the two projections and of the scale."""

    def scores(query, key, query_kernel, key_kernel, scale):
        return combine(*_parts(query, key, query_kernel, key_kernel), scale)

    return scores


def _kernels_swapped(query, key, query_kernel, key_kernel, scale):
    return reference(query, key, key_kernel, query_kernel, scale)


def _transposed_scores(query, key, query_kernel, key_kernel, scale):
    return reference(query, key, query_kernel, key_kernel, scale).swapaxes(-1, -2)


def _softmax_included(query, key, query_kernel, key_kernel, scale):
    scores = reference(query, key, query_kernel, key_kernel, scale)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


MISTAKES = {
    "no_tanh": _re_enact(lambda queries, keys, scale: (queries + keys) @ scale),
    "tanh_last": _re_enact(lambda queries, keys, scale: np.tanh((queries + keys) @ scale)),
    "tanh_apart": _re_enact(lambda queries, keys, scale: (np.tanh(queries) + np.tanh(keys)) @ scale),
    "product_for_sum": _re_enact(lambda queries, keys, scale: np.tanh(queries * keys) @ scale),
    "scale_ignored": (
        _re_enact(lambda queries, keys, scale: np.tanh(queries + keys).sum(axis=-1)),
        _re_enact(lambda queries, keys, scale: np.tanh(queries + keys).mean(axis=-1)),
    ),
    "sigmoid_for_tanh": _re_enact(lambda queries, keys, scale: (1 / (1 + np.exp(-queries - keys))) @ scale),
    "relu_for_tanh": _re_enact(lambda queries, keys, scale: np.maximum(queries + keys, 0) @ scale),
    "query_ignored": _re_enact(lambda queries, keys, scale: np.tanh(0 * queries + keys) @ scale),
    "kernels_swapped": _kernels_swapped,
    "transposed_scores": _transposed_scores,
    "softmax_included": _softmax_included,
}
