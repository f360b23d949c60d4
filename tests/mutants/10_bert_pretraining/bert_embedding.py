"""Wrong answers to `bert_embedding`, each named after the mistake it makes."""

from keras import ops


def _norm(summed, scale, shift, epsilon=1e-12, axes=-1):
    mean, variance = ops.moments(summed, axes=axes, keepdims=True)
    return scale * (summed - mean) / ops.sqrt(variance + epsilon) + shift


def _parts(token_ids, segment_ids, tables):
    tokens = ops.take(tables["tokens"], token_ids, axis=0)
    segments = ops.take(tables["segments"], segment_ids, axis=0)
    positions = ops.broadcast_to(tables["positions"][: token_ids.shape[1]], tokens.shape)
    return tokens, segments, positions


def _sum(token_ids, segment_ids, tables):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return tokens + segments + positions


def norm_missing(token_ids, segment_ids, tables, scale, shift):
    return _sum(token_ids, segment_ids, tables)


def parts_normalised(token_ids, segment_ids, tables, scale, shift):
    return sum(_norm(part, scale, shift) for part in _parts(token_ids, segment_ids, tables))


def segments_missing(token_ids, segment_ids, tables, scale, shift):
    tokens, _, positions = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + positions, scale, shift)


def positions_missing(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + segments, scale, shift)


def segments_swapped(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, 1 - segment_ids, tables), scale, shift)


def positions_restart(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    in_first = ops.cumsum(1 - segment_ids, axis=1) - 1
    in_second = ops.cumsum(segment_ids, axis=1) - 1
    places = ops.where(segment_ids == 0, in_first, in_second)
    return _norm(tokens + segments + ops.take(tables["positions"], places, axis=0), scale, shift)


def positions_from_two(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + segments + tables["positions"][2 : token_ids.shape[1] + 2], scale, shift)


def positions_from_one(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + segments + tables["positions"][1 : token_ids.shape[1] + 1], scale, shift)


def position_of_the_sentence(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    positions = ops.take(tables["positions"], ops.arange(len(token_ids)), axis=0)[:, None]
    return _norm(tokens + segments + positions, scale, shift)


def tokens_scaled(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return _norm(tokens * tokens.shape[-1] ** 0.5 + segments + positions, scale, shift)


def padding_left_out(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    tokens = tokens * ops.cast(token_ids != 0, "float32")[..., None]
    return _norm(tokens + segments + positions, scale, shift)


def padding_in_second_segment(token_ids, segment_ids, tables, scale, shift):
    segment_ids = ops.where(token_ids == 0, 1, segment_ids)
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift)


def epsilon_too_large(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, epsilon=1e-3)


def epsilon_missing(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, epsilon=0.0)


def epsilon_outside(token_ids, segment_ids, tables, scale, shift):
    summed = _sum(token_ids, segment_ids, tables)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    return scale * centred / (ops.std(summed, axis=-1, keepdims=True) + 1e-6) + shift


def normalised_over_positions(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, axes=1)


def whole_sentence_normalised(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, axes=(1, 2))


def unbiased_variance(token_ids, segment_ids, tables, scale, shift):
    summed = _sum(token_ids, segment_ids, tables)
    centred = summed - ops.mean(summed, axis=-1, keepdims=True)
    variance = ops.sum(centred**2, axis=-1, keepdims=True) / (summed.shape[-1] - 1)
    return scale * centred / ops.sqrt(variance + 1e-12) + shift


def scale_or_shift_forgotten(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), 1.0, 0.0)


def scale_and_shift_swapped(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), shift, scale)
