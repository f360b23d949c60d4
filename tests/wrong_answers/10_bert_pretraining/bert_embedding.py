"""Wrong answers to `bert_embedding` beside its mutants."""

import keras
from keras import ops


def _norm(summed, scale, shift, epsilon=1e-12):
    mean, variance = ops.moments(summed, axes=-1, keepdims=True)
    return scale * (summed - mean) / ops.sqrt(variance + epsilon) + shift


def _parts(token_ids, segment_ids, tables):
    tokens = ops.take(tables["tokens"], token_ids, axis=0)
    segments = ops.take(tables["segments"], segment_ids, axis=0)
    return tokens, segments, tables["positions"][: token_ids.shape[1]]


def _sum(token_ids, segment_ids, tables):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return tokens + segments + positions


def epsilon_too_large__as_in_pytorch(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, epsilon=1e-5)


def epsilon_too_large__as_in_the_transformer(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, epsilon=1e-6)


def epsilon_too_large__the_layer_of_keras(token_ids, segment_ids, tables, scale, shift):
    return keras.layers.LayerNormalization()(_sum(token_ids, segment_ids, tables)) * scale + shift


def parts_normalised__tokens_alone(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return _norm(tokens, scale, shift) + segments + positions


def positions_restart__at_the_second_segment(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    places = ops.arange(token_ids.shape[1])[None]
    begin = ops.sum(ops.cast(ops.cumsum(segment_ids, axis=1) == 0, "int32"), axis=1, keepdims=True)
    places = ops.where(segment_ids == 1, places - begin, places)
    return _norm(tokens + segments + ops.take(tables["positions"], places, axis=0), scale, shift)


def positions_from_two__as_in_fairseq(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    real = ops.cast(token_ids != 0, "int32")
    places = ops.cumsum(real, axis=1) * real + 1
    return _norm(tokens + segments + ops.take(tables["positions"], places, axis=0), scale, shift)


def padding_left_out__of_the_output(token_ids, segment_ids, tables, scale, shift):
    outputs = _norm(_sum(token_ids, segment_ids, tables), scale, shift)
    return outputs * ops.cast(token_ids != 0, "float32")[..., None]


def scale_or_shift_forgotten__the_shift(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), scale, 0.0)


def scale_or_shift_forgotten__the_scale(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, segment_ids, tables), 1.0, shift)


def scale_or_shift_forgotten__the_layer_of_keras(token_ids, segment_ids, tables, scale, shift):
    return keras.layers.LayerNormalization()(_sum(token_ids, segment_ids, tables))


def parts_multiplied(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return _norm(tokens * segments + positions, scale, shift)


def positions_backwards(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + segments + positions[::-1], scale, shift)


def last_positions(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, _ = _parts(token_ids, segment_ids, tables)
    return _norm(tokens + segments + tables["positions"][-token_ids.shape[1] :], scale, shift)


def first_segment_for_all(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(token_ids, ops.zeros_like(segment_ids), tables), scale, shift)


def rms_norm(token_ids, segment_ids, tables, scale, shift):
    summed = _sum(token_ids, segment_ids, tables)
    return scale * summed / ops.sqrt(ops.mean(summed**2, axis=-1, keepdims=True) + 1e-12) + shift


def divided_by_the_variance(token_ids, segment_ids, tables, scale, shift):
    mean, variance = ops.moments(_sum(token_ids, segment_ids, tables), axes=-1, keepdims=True)
    return scale * (_sum(token_ids, segment_ids, tables) - mean) / (variance + 1e-12) + shift


def normalised_twice_with_scale(token_ids, segment_ids, tables, scale, shift):
    return _norm(_norm(_sum(token_ids, segment_ids, tables), scale, shift), scale, shift)


def ids_one_too_small(token_ids, segment_ids, tables, scale, shift):
    return _norm(_sum(ops.maximum(token_ids - 1, 0), segment_ids, tables), scale, shift)
