"""Right answers to `add_positions` in other styles."""

import math

import numpy as np
from keras import ops


def taken(embeddings, table, start):
    positions = ops.arange(start, start + embeddings.shape[1], dtype="int32")
    return math.sqrt(embeddings.shape[2]) * embeddings + ops.take(table, positions, axis=0)[None]


def sliced(embeddings, table, start):
    batch_size, length, width = ops.shape(embeddings)
    rows = ops.slice(table, (start, 0), (length, width))
    return ops.add(ops.multiply(embeddings, width**0.5), ops.broadcast_to(rows, (batch_size, length, width)))


def in_loops(embeddings, table, start):
    result = np.array(embeddings)
    for sentence in result:
        for t in range(len(sentence)):
            sentence[t] = math.sqrt(sentence.shape[-1]) * sentence[t] + np.asarray(table)[start + t]
    return result


def as_nested_lists(embeddings, table, start):
    embeddings, table = np.asarray(embeddings).tolist(), np.asarray(table).tolist()
    return [
        [
            [len(vector) ** 0.5 * e + p for e, p in zip(vector, row, strict=True)]
            for vector, row in zip(sentence, table[start:], strict=False)
        ]
        for sentence in embeddings
    ]


def as_one_hot_product(embeddings, table, start):
    positions = start + ops.arange(embeddings.shape[1], dtype="int32")
    rows = ops.matmul(ops.one_hot(positions, table.shape[0]), table)
    return embeddings * ops.sqrt(ops.cast(embeddings.shape[-1], "float32")) + rows
