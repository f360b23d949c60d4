"""Right answers to `bert_embedding` in other styles."""

import keras
import numpy as np
from keras import ops


def in_numpy(token_ids, segment_ids, tables, scale, shift):
    tables = {name: np.asarray(table, "float64") for name, table in tables.items()}
    token_ids, segment_ids = np.asarray(token_ids), np.asarray(segment_ids)
    x = tables["tokens"][token_ids] + tables["segments"][segment_ids]
    x = x + tables["positions"][np.arange(token_ids.shape[1])]
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
    return x * np.asarray(scale) + np.asarray(shift)


def with_products(token_ids, segment_ids, tables, scale, shift):
    words = ops.one_hot(token_ids, tables["tokens"].shape[0])
    summed = ops.einsum("btv,vd->btd", words, tables["tokens"])
    summed += ops.matmul(ops.one_hot(segment_ids, 2), tables["segments"])
    summed += ops.expand_dims(tables["positions"], 0)[:, : summed.shape[1]]
    mean, variance = ops.moments(summed, axes=[-1], keepdims=True)
    return (summed - mean) * ops.rsqrt(variance + 1e-12) * scale + shift


def with_the_layer_of_keras(token_ids, segment_ids, tables, scale, shift):
    summed = ops.take(tables["positions"], ops.arange(token_ids.shape[1]), axis=0)
    summed = summed[None] + ops.take(tables["tokens"], token_ids, axis=0)
    segments = tables["segments"]
    is_second = ops.cast(segment_ids, "float32")[..., None]
    summed = summed + segments[0] * (1 - is_second) + segments[1] * is_second
    norm = keras.layers.LayerNormalization(epsilon=1e-12)
    norm.build(summed.shape)
    norm.set_weights([np.asarray(scale), np.asarray(shift)])
    return norm(summed)


def in_loops(token_ids, segment_ids, tables, scale, shift):
    tokens, segments, positions = (
        np.asarray(tables[name], "float64") for name in ("tokens", "segments", "positions")
    )
    scale, shift = np.asarray(scale), np.asarray(shift)
    rows = []
    for ids, numbers in zip(np.asarray(token_ids), np.asarray(segment_ids), strict=True):
        row = []
        for place, (token, number) in enumerate(zip(ids, numbers, strict=True)):
            vector = tokens[token] + segments[number] + positions[place]
            centred = vector - vector.mean()
            row.append(scale * centred / ((centred**2).mean() + 1e-12) ** 0.5 + shift)
        rows.append(row)
    return np.array(rows)


def with_segments_chosen(token_ids, segment_ids, tables, scale, shift):
    first, second = ops.unstack(tables["segments"])
    segments = ops.where(ops.equal(segment_ids, 1)[:, :, None], second, first)
    positions = tables["positions"][0 : token_ids.shape[-1], :]
    x = ops.add(ops.take(tables["tokens"], token_ids, axis=0), ops.add(segments, positions))
    deviation = ops.sqrt(ops.var(x, axis=-1) + 1e-12)
    return ops.einsum("btd,bt,d->btd", x - ops.mean(x, -1, keepdims=True), 1 / deviation, scale) + shift
