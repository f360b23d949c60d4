"""Wrong answers to `two_streams` beside its mutants."""

import numpy as np


def _streams(content, query, ranks, weights, content_mask=None, query_mask=None, keys="key", residual=True):
    content, query, ranks = (np.array(array, "float64") for array in (content, query, ranks))
    seen = ranks[:, None, :] <= ranks[:, :, None] if content_mask is None else content_mask
    before = ranks[:, None, :] < ranks[:, :, None] if query_mask is None else query_mask
    matrices = {name: np.array(matrix, "float64") for name, matrix in weights.items()}
    results = []
    for stream, mask in ((content, seen), (query, before)):
        scores = stream @ matrices["query"] @ (content @ matrices[keys]).swapaxes(1, 2)
        scores = np.where(mask, scores / np.sqrt(content.shape[2]), -1e30)
        shares = np.exp(scores - scores.max(-1, keepdims=True)) * mask
        shares = shares / np.maximum(shares.sum(-1, keepdims=True), 1e-30)
        results.append(residual * stream + shares @ (content @ matrices["value"]))
    return results


def _eye(ranks):
    return np.eye(ranks.shape[1], dtype=bool)


def query_sees_its_word__beside_those_before(content, query, ranks, weights):
    before = np.array(ranks)[:, None, :] < np.array(ranks)[:, :, None]
    return _streams(content, query, ranks, weights, query_mask=before | _eye(ranks))


def content_blind_to_itself__its_own_word_alone(content, query, ranks, weights):
    seen = np.array(ranks)[:, None, :] <= np.array(ranks)[:, :, None]
    return _streams(content, query, ranks, weights, content_mask=seen & ~_eye(ranks))


def ranks_ignored__by_the_contents(content, query, ranks, weights):
    everything = np.ones((*ranks.shape, ranks.shape[1]), bool)
    return _streams(content, query, ranks, weights, content_mask=everything)


def keys_of_the_values(content, query, ranks, weights):
    return _streams(content, query, ranks, weights, keys="value")


def no_attention(content, query, ranks, weights):
    return content, query
