"""Wrong answers to `dot_score` beside its mutants."""

import math

from keras import ops


def _products(query, key):
    return ops.einsum("btd,bsd->bts", query, key)


def axes_of_length_one_lost(query, key, is_scaled):
    scores = _products(query, key)
    return ops.squeeze(scores / query.shape[-1] ** 0.5 if is_scaled else scores)


def root_of_whole_numbers(query, key, is_scaled):
    return _products(query, key) / (math.isqrt(query.shape[-1]) if is_scaled else 1)


def root_of_queries(query, key, is_scaled):
    return _products(query, key) / (query.shape[1] ** 0.5 if is_scaled else 1)


def fourth_root(query, key, is_scaled):
    return _products(query, key) / (query.shape[-1] ** 0.25 if is_scaled else 1)


def every_sentence_with_every_other(query, key, is_scaled):
    scores = ops.tensordot(query, key, axes=[[2], [2]])
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def magnitudes(query, key, is_scaled):
    scores = ops.abs(_products(query, key))
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def distances(query, key, is_scaled):
    scores = -ops.sum(ops.square(query[:, :, None] - key[:, None]), axis=-1)
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def first_sentence_for_all(query, key, is_scaled):
    scores = ops.einsum("btd,sd->bts", query, key[0])
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores
