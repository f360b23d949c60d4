"""Wrong answers to `dot_score`, each named after the mistake it makes."""

from keras import ops


def transposed_scores(query, key, is_scaled):
    scores = ops.matmul(key, ops.swapaxes(query, -1, -2))
    return scores / query.shape[-1] ** 0.5 if is_scaled else scores


def scale_ignored(query, key, is_scaled):
    return ops.matmul(query, ops.swapaxes(key, -1, -2))


def always_scaled(query, key, is_scaled):
    return ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5


def scaled_by_width(query, key, is_scaled):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return scores / query.shape[-1] if is_scaled else scores


def scaled_by_length(query, key, is_scaled):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return scores / scores.shape[-1] ** 0.5 if is_scaled else scores


def scale_inverted(query, key, is_scaled):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return scores * ops.sqrt(float(query.shape[-1])) if is_scaled else scores


def reshaped_key(query, key, is_scaled):
    batch, length, width = key.shape
    scores = ops.matmul(query, ops.reshape(key, (batch, width, length)))
    return scores / width**0.5 if is_scaled else scores


def softmax_included(query, key, is_scaled):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return ops.softmax(scores / query.shape[-1] ** 0.5 if is_scaled else scores, axis=-1)


def cosine(query, key, is_scaled):
    query = query / ops.norm(query, axis=-1, keepdims=True)
    key = key / ops.norm(key, axis=-1, keepdims=True)
    return ops.einsum("btd,bsd->bts", query, key)


def flag_inverted(query, key, is_scaled):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    return scores if is_scaled else scores / query.shape[-1] ** 0.5
