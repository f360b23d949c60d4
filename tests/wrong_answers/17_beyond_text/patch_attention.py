"""Wrong answers to `patch_attention` beside its mutants."""

import numpy as np


def _map(patches, rows, columns):
    return np.asarray(patches).reshape(-1, rows, columns)


def renormalised__head_by_head(attention_weights, rows, columns):
    patches = np.array(attention_weights)[:, :, 0, 1:]
    return _map((patches / patches.sum(axis=-1, keepdims=True)).mean(axis=1), rows, columns)


def one_head_alone__the_last(attention_weights, rows, columns):
    return _map(np.array(attention_weights)[:, -1, 0, 1:], rows, columns)


def mean_over_queries__of_patches(attention_weights, rows, columns):
    return _map(np.array(attention_weights)[:, :, 1:, 1:].mean(axis=(1, 2)), rows, columns)


def other_token_asked__the_last(attention_weights, rows, columns):
    return _map(np.array(attention_weights)[:, :, -1, 1:].mean(axis=1), rows, columns)


def grid_transposed__sizes_exchanged(attention_weights, rows, columns):
    return _map(np.array(attention_weights)[:, :, 0, 1:].mean(axis=1), columns, rows)


def median_of_heads(attention_weights, rows, columns):
    patches = np.array(attention_weights)[:, :, 0, 1:]
    return _map(np.median(patches, axis=1), rows, columns)


def logarithm_of_the_mean(attention_weights, rows, columns):
    return _map(np.log(np.array(attention_weights)[:, :, 0, 1:].mean(axis=1)), rows, columns)


def scaled_to_the_largest(attention_weights, rows, columns):
    patches = np.array(attention_weights)[:, :, 0, 1:].mean(axis=1)
    return _map(patches / patches.max(axis=1, keepdims=True), rows, columns)
