"""Verdict of `dot_score`: dot products of queries and keys, plain or divided by √D."""

import numpy as np


def draw(generator):
    """Queries (B, T, D) and keys (B, S, D); T = S once, so that a transposed answer has the right shape."""
    cases = []
    for batch, length, keys, width, scale, is_scaled in (
        (1, 2, 3, 2, 1.0, False),
        (1, 2, 3, 2, 1.0, True),
        (2, 3, 5, 7, 0.1, True),
        (3, 5, 5, 11, 1.0, False),
        (2, 7, 3, 5, 10.0, True),
        (3, 5, 5, 5, 1.0, True),
        (2, 5, 7, 3, 10.0, False),
        (2, 1, 5, 3, 30.0, True),
        (3, 2, 1, 7, 0.01, False),
    ):
        query = generator.normal(0, scale, (batch, length, width))
        key = generator.normal(0, scale, (batch, keys, width))
        cases.append({"query": query, "key": key, "is_scaled": is_scaled})
    return cases


def _lengths(case):
    return case["query"].shape[1], case["key"].shape[1], case["query"].shape[2]


CONDITIONS = {
    "scaled": lambda case: case["is_scaled"],
    "plain": lambda case: not case["is_scaled"],
    "as many queries as keys, scaled": lambda case: case["is_scaled"] and len({*_lengths(case)[:2]}) == 1,
    "as many queries as keys, plain": lambda case: not case["is_scaled"] and len({*_lengths(case)[:2]}) == 1,
    "all sizes different": lambda case: len({len(case["query"]), *_lengths(case)}) == 4,
    "one query of several sentences": lambda case: _lengths(case)[0] == 1 and len(case["query"]) > 1,
    "one key of several sentences": lambda case: _lengths(case)[1] == 1 and len(case["query"]) > 1,
    "one sentence": lambda case: len(case["query"]) == 1,
    "large scores": lambda case: np.abs(case["query"]).max() * np.abs(case["key"]).max() > 500,
}


def reference(query, key, is_scaled):
    scores = np.einsum("btd,bsd->bts", query, key)
    return scores / np.sqrt(query.shape[-1]) if is_scaled else scores


def _with_divisor(divisor):
    def scores(query, key, is_scaled):
        plain = reference(query, key, False)
        return plain / divisor(query, key) if is_scaled else plain

    return scores


def _transposed_scores(query, key, is_scaled):
    return reference(query, key, is_scaled).swapaxes(-1, -2)


def _scale_ignored(query, key, is_scaled):
    return reference(query, key, False)


def _always_scaled(query, key, is_scaled):
    return reference(query, key, True)


def _flag_inverted(query, key, is_scaled):
    return reference(query, key, not is_scaled)


def _reshaped_key(query, key, is_scaled):
    batch, keys, width = key.shape
    return reference(query, key.reshape(batch, width, keys).swapaxes(-1, -2), is_scaled)


def _softmax_included(query, key, is_scaled):
    scores = reference(query, key, is_scaled)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _cosine(query, key, is_scaled):
    query = query / np.linalg.norm(query, axis=-1, keepdims=True)
    key = key / np.linalg.norm(key, axis=-1, keepdims=True)
    return reference(query, key, is_scaled)


def _scale_inverted(query, key, is_scaled):
    return reference(query, key, False) * (np.sqrt(query.shape[-1]) if is_scaled else 1.0)


MISTAKES = {
    "transposed_scores": _transposed_scores,
    "scale_ignored": _scale_ignored,
    "always_scaled": _always_scaled,
    "flag_inverted": _flag_inverted,
    "scaled_by_width": _with_divisor(lambda query, key: query.shape[-1]),
    "scaled_by_length": _with_divisor(lambda query, key: np.sqrt(key.shape[1])),
    "scale_inverted": _scale_inverted,
    "reshaped_key": _reshaped_key,
    "softmax_included": _softmax_included,
    "cosine": (_cosine, lambda query, key, is_scaled: _cosine(query, key, False)),
}
