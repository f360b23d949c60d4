"""Right answers to `factorised_embedding` in other styles."""

import numpy as np
from keras import ops


def in_numpy(token_ids, segment_ids, tables, norm, projection):
    ids, segments = np.asarray(token_ids), np.asarray(segment_ids)
    tables, norm, projection = (
        {name: np.asarray(value, "float64") for name, value in given.items()}
        for given in (tables, norm, projection)
    )
    summed = tables["tokens"][ids] + tables["segments"][segments] + tables["positions"][: ids.shape[1]]
    mean, variance = summed.mean(-1, keepdims=True), summed.var(-1, keepdims=True)
    narrow = norm["scale"] * (summed - mean) / np.sqrt(variance + 1e-12) + norm["shift"]
    return narrow @ projection["kernel"] + projection["bias"]


def with_one_hot_and_einsum(token_ids, segment_ids, tables, norm, projection):
    tokens = ops.one_hot(token_ids, tables["tokens"].shape[0])
    segments = ops.one_hot(segment_ids, 2)
    summed = ops.einsum("btv,ve->bte", tokens, tables["tokens"])
    summed = summed + ops.einsum("bts,se->bte", segments, tables["segments"])
    places = ops.arange(token_ids.shape[1])
    summed = summed + ops.expand_dims(ops.take(tables["positions"], places, axis=0), 0)
    mean, variance = ops.moments(summed, axes=-1, keepdims=True)
    narrow = (summed - mean) * ops.rsqrt(variance + 1e-12) * norm["scale"] + norm["shift"]
    return ops.einsum("bte,ed->btd", narrow, projection["kernel"]) + projection["bias"]


def row_by_row(token_ids, segment_ids, tables, norm, projection):
    rows = []
    for ids, segments in zip(np.asarray(token_ids), np.asarray(segment_ids), strict=True):
        vectors = []
        for place, (token, segment) in enumerate(zip(ids, segments, strict=True)):
            vector = tables["tokens"][token] + tables["segments"][segment] + tables["positions"][place]
            vector = vector - ops.mean(vector)
            vector = vector / ops.sqrt(ops.mean(ops.square(vector)) + 1e-12)
            vector = norm["scale"] * vector + norm["shift"]
            vectors.append(ops.matmul(vector[None], projection["kernel"])[0] + projection["bias"])
        rows.append(ops.stack(vectors))
    return ops.stack(rows)
