"""Answers to bert_embedding."""

import keras
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# --- helpers -----------------------------------------------------------------------------------------


def _norm(x, scale, shift, epsilon=1e-12):
    mean = ops.mean(x, axis=-1, keepdims=True)
    centred = x - mean
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    return scale * centred / ops.sqrt(variance + epsilon) + shift


def _sum(token_ids, segment_ids, tables):
    length = ops.shape(token_ids)[1]
    tokens = ops.take(tables["tokens"], token_ids, axis=0)
    segments = ops.take(tables["segments"], segment_ids, axis=0)
    return tokens + segments + tables["positions"][:length]


# --- right answers -----------------------------------------------------------------------------------


def right_1(token_ids, segment_ids, tables, scale, shift):
    batch, length = ops.shape(token_ids)
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x + ops.take(tables["segments"], segment_ids, axis=0)
    x = x + ops.take(tables["positions"], ops.arange(length), axis=0)[None, :, :]
    mean, variance = ops.moments(x, axes=[-1], keepdims=True)
    return (x - mean) * ops.rsqrt(variance + 1e-12) * scale + shift


def right_2(token_ids, segment_ids, tables, scale, shift):
    # looking up as a product with one-hot rows
    words, segments, positions = tables["tokens"], tables["segments"], tables["positions"]
    n, d = ops.shape(words)
    one_hot_words = ops.one_hot(token_ids, n, dtype="float32")
    one_hot_segments = ops.one_hot(segment_ids, 2, dtype="float32")
    x = ops.einsum("btv,vd->btd", one_hot_words, words)
    x = x + ops.einsum("bts,sd->btd", one_hot_segments, segments)
    x = x + ops.expand_dims(positions[: token_ids.shape[1]], 0)
    centred = x - ops.sum(x, axis=-1, keepdims=True) / d
    power = ops.sum(centred * centred, axis=-1, keepdims=True) / d
    return centred / ops.sqrt(power + 1e-12) * scale + shift


def right_3(token_ids, segment_ids, tables, scale, shift):
    ids = ops.convert_to_numpy(token_ids)
    kinds = ops.convert_to_numpy(segment_ids)
    table = {name: ops.convert_to_numpy(value).astype("float64") for name, value in tables.items()}
    gamma, beta = ops.convert_to_numpy(scale), ops.convert_to_numpy(shift)
    out = np.zeros(ids.shape + (gamma.shape[0],))
    for b in range(ids.shape[0]):
        for t in range(ids.shape[1]):
            x = table["tokens"][ids[b, t]] + table["segments"][kinds[b, t]] + table["positions"][t]
            out[b, t] = gamma * (x - x.mean()) / np.sqrt(x.var() + 1e-12) + beta
    return ops.convert_to_tensor(out, dtype="float32")


def right_4(token_ids, segment_ids, tables, scale, shift):
    # two segments: the first vector, plus the difference where the segment is 1
    kind = ops.cast(segment_ids, "float32")[..., None]
    lower, upper = tables["segments"][0], tables["segments"][1]
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.where(kind > 0.5, upper, lower)
    rows = [x[:, t] + tables["positions"][t] for t in range(token_ids.shape[1])]
    rows = [(row - ops.mean(row, axis=1, keepdims=True)) for row in rows]
    rows = [row / ops.sqrt(ops.mean(row**2, axis=1, keepdims=True) + 1e-12) for row in rows]
    return ops.stack([row * scale + shift for row in rows], axis=1)


# --- wrong answers -----------------------------------------------------------------------------------


def wrong_1(token_ids, segment_ids, tables, scale, shift):
    """Keras' usual epsilon of 1e-3 in place of 1e-12. Wrong on: small vectors above all."""
    return _norm(_sum(token_ids, segment_ids, tables), scale, shift, epsilon=1e-3)


def wrong_2(token_ids, segment_ids, tables, scale, shift):
    """The token's vector is normalised before the others are added. Wrong on: everything."""
    x = _norm(ops.take(tables["tokens"], token_ids, axis=0), scale, shift)
    x = x + ops.take(tables["segments"], segment_ids, axis=0)
    return x + tables["positions"][: token_ids.shape[1]]


def wrong_3(token_ids, segment_ids, tables, scale, shift):
    """Positions are counted from 1. Wrong on: everything."""
    length = token_ids.shape[1]
    places = ops.arange(1, length + 1)
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.take(tables["segments"], segment_ids, axis=0)
    return _norm(x + ops.take(tables["positions"], places, axis=0), scale, shift)


def wrong_4(token_ids, segment_ids, tables, scale, shift):
    """Padding's own vector is taken for zeros. Wrong on: sequences with id 0."""
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x * ops.cast(ops.not_equal(token_ids, 0), x.dtype)[:, :, None]
    x = x + ops.take(tables["segments"], segment_ids, axis=0)
    x = x + tables["positions"][: token_ids.shape[1]]
    return _norm(x, scale, shift)


def wrong_5(token_ids, segment_ids, tables, scale, shift):
    """Tokens are multiplied by the root of D, as in the first Transformer. Wrong on: everything, D > 1."""
    width = tables["tokens"].shape[-1]
    x = ops.take(tables["tokens"], token_ids, axis=0) * (width**0.5)
    x = x + ops.take(tables["segments"], segment_ids, axis=0)
    x = x + tables["positions"][: token_ids.shape[1]]
    return _norm(x, scale, shift)


def wrong_6(token_ids, segment_ids, tables, scale, shift):
    """Positions start anew with the second segment. Wrong on: sequences with segment 1."""
    segment = ops.convert_to_numpy(segment_ids)
    place = np.zeros(segment.shape, dtype="int32")
    for b in range(segment.shape[0]):
        for t in range(1, segment.shape[1]):
            place[b, t] = 0 if segment[b, t] != segment[b, t - 1] else place[b, t - 1] + 1
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.take(tables["segments"], segment_ids, axis=0)
    x = x + ops.take(tables["positions"], ops.convert_to_tensor(place), axis=0)
    return _norm(x, scale, shift)


def wrong_7(token_ids, segment_ids, tables, scale, shift):
    """The variance divides by D - 1. Wrong on: everything."""
    x = _sum(token_ids, segment_ids, tables)
    width = x.shape[-1]
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.sum(ops.square(centred), axis=-1, keepdims=True) / max(width - 1, 1)
    return scale * centred / ops.sqrt(variance + 1e-12) + shift


def wrong_8(token_ids, segment_ids, tables, scale, shift):
    """The mean is not taken off (RMS norm). Wrong on: sums whose mean is not 0."""
    x = _sum(token_ids, segment_ids, tables)
    power = ops.mean(x * x, axis=-1, keepdims=True)
    return x / ops.sqrt(power + 1e-12) * scale + shift


def wrong_9(token_ids, segment_ids, tables, scale, shift):
    """Normalises over the sequence, not over the channels. Wrong on: everything."""
    x = _sum(token_ids, segment_ids, tables)
    mean = ops.mean(x, axis=1, keepdims=True)
    variance = ops.var(x, axis=1, keepdims=True)
    return scale * (x - mean) / ops.sqrt(variance + 1e-12) + shift


def wrong_10(token_ids, segment_ids, tables, scale, shift):
    """Each of the three vectors is normalised, then they are added. Wrong on: everything."""
    words = ops.take(tables["tokens"], token_ids, axis=0)
    kinds = ops.take(tables["segments"], segment_ids, axis=0)
    places = tables["positions"][: token_ids.shape[1]][None]
    one, zero = ops.ones_like(scale), ops.zeros_like(shift)
    total = _norm(words, one, zero) + _norm(kinds, one, zero) + _norm(places, one, zero)
    return total * scale + shift


def wrong_11(token_ids, segment_ids, tables, scale, shift):
    """No epsilon at all: 0 / 0. Wrong on: a sum whose channels are all 0."""
    x = _sum(token_ids, segment_ids, tables)
    mean, variance = ops.moments(x, axes=[-1], keepdims=True)
    return scale * (x - mean) / ops.sqrt(variance) + shift


def wrong_12(token_ids, segment_ids, tables, scale, shift):
    """RoBERTa's positions: padding is not counted, nor advanced. Wrong on: sequences with id 0."""
    real = ops.cast(ops.not_equal(token_ids, 0), "int32")
    place = ops.maximum(ops.cumsum(real, axis=1) - 1, 0) * real
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x + ops.take(tables["segments"], segment_ids, axis=0)
    x = x + ops.take(tables["positions"], place, axis=0)
    return _norm(x, scale, shift)


def wrong_13(token_ids, segment_ids, tables, scale, shift):
    """Divides by the variance, its root forgotten. Wrong on: sums with a variance that is not 1."""
    x = _sum(token_ids, segment_ids, tables)
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    return scale * centred / (ops.var(x, axis=-1, keepdims=True) + 1e-12) + shift


def wrong_14(token_ids, segment_ids, tables, scale, shift):
    """The last T positions of the table, not the first. Wrong on: P > T."""
    length = token_ids.shape[1]
    x = ops.take(tables["tokens"], token_ids, axis=0) + ops.take(tables["segments"], segment_ids, axis=0)
    return _norm(x + tables["positions"][-length:], scale, shift)


def wrong_15(token_ids, segment_ids, tables, scale, shift):
    """The segments are read off the first sequence for all. Wrong on: rows with other segments."""
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x + ops.take(tables["segments"], segment_ids[0], axis=0)[None]
    x = x + tables["positions"][: token_ids.shape[1]]
    return _norm(x, scale, shift)


def wrong_16(token_ids, segment_ids, tables, scale, shift):
    """Scale and shift act before the sum is normalised. Wrong on: scale not 1 or shift not 0."""
    x = _sum(token_ids, segment_ids, tables) * scale + shift
    mean, variance = ops.moments(x, axes=[-1], keepdims=True)
    return (x - mean) / ops.sqrt(variance + 1e-12)


def wrong_17(token_ids, segment_ids, tables, scale, shift):
    """A fresh layer: scale and shift are left out. Wrong on: scale not 1 or shift not 0."""
    x = _sum(token_ids, segment_ids, tables)
    return keras.layers.LayerNormalization(epsilon=1e-12)(x)


def wrong_18(token_ids, segment_ids, tables, scale, shift):
    """Mean and variance over time and channels together. Wrong on: T > 1."""
    x = _sum(token_ids, segment_ids, tables)
    mean = ops.mean(x, axis=(1, 2), keepdims=True)
    variance = ops.mean(ops.square(x - mean), axis=(1, 2), keepdims=True)
    return scale * (x - mean) / ops.sqrt(variance + 1e-12) + shift


def wrong_19(token_ids, segment_ids, tables, scale, shift):
    """Epsilon goes to the deviation, not the variance. Wrong on: sums of the size of 1e-6."""
    x = _sum(token_ids, segment_ids, tables)
    mean = ops.mean(x, axis=-1, keepdims=True)
    deviation = ops.std(x, axis=-1, keepdims=True)
    return (x - mean) / (deviation + 1e-12) * scale + shift


def wrong_20(token_ids, segment_ids, tables, scale, shift):
    """The segment vector counts at segment 1 only. Wrong on: tokens of segment 0."""
    x = ops.take(tables["tokens"], token_ids, axis=0)
    x = x + ops.cast(segment_ids, "float32")[..., None] * tables["segments"][1]
    x = x + tables["positions"][: token_ids.shape[1]]
    return _norm(x, scale, shift)


def wrong_21(token_ids, segment_ids, tables, scale, shift):
    """Epsilon of 1e-5, as in other frameworks. Wrong on: vectors of the size of 0.02 and less."""
    x = _sum(token_ids, segment_ids, tables)
    return _norm(x, scale, shift, 1e-5)


def wrong_22(token_ids, segment_ids, tables, scale, shift):
    """Padding goes out as zeros. Wrong on: sequences with id 0."""
    y = _norm(_sum(token_ids, segment_ids, tables), scale, shift)
    return ops.where(ops.equal(token_ids, 0)[..., None], ops.zeros_like(y), y)
