"""Right answers to `best_span` in other styles."""

import numpy as np
from keras import ops


def in_loops(start_scores, end_scores, context_mask, max_length):
    found = []
    for starts, ends, real in zip(
        start_scores.numpy(), end_scores.numpy(), context_mask.numpy(), strict=True
    ):
        best, span = -np.inf, None
        for i in range(len(starts)):
            for j in range(i, min(len(starts), i + max_length)):
                if real[i] and real[j] and starts[i] + ends[j] > best:
                    best, span = starts[i] + ends[j], (i, j)
        found.append(span)
    return found


def in_numpy(start_scores, end_scores, context_mask, max_length):
    starts, ends = (
        np.where(context_mask, np.asarray(scores, "float64"), -np.inf)
        for scores in (start_scores, end_scores)
    )
    length = starts.shape[1]
    band = np.triu(np.ones((length, length), bool)) & ~np.triu(np.ones((length, length), bool), max_length)
    scores = np.where(band, starts[:, :, None] + ends[:, None, :], -np.inf)
    flat = scores.reshape(len(scores), -1).argmax(axis=1)
    return np.stack(np.unravel_index(flat, (length, length)), axis=1)


def by_products_of_probabilities(start_scores, end_scores, context_mask, max_length):
    """Logarithms of the softmaxes, added."""
    starts, ends = (
        ops.log_softmax(ops.where(context_mask, scores, -1e9)) for scores in (start_scores, end_scores)
    )
    length = starts.shape[1]
    best = ops.full((starts.shape[0],), -1e30)
    span = ops.zeros((starts.shape[0], 2), dtype="int32")
    for i in range(length):
        for j in range(i, min(i + max_length, length)):
            score = starts[:, i] + ends[:, j]
            span = ops.where((score > best)[:, None], ops.array([[i, j]], dtype="int32"), span)
            best = ops.maximum(score, best)
    return span


def length_by_length(start_scores, end_scores, context_mask, max_length):
    starts = ops.where(context_mask, start_scores, -1e9)
    ends = ops.where(context_mask, end_scores, -1e9)
    length = starts.shape[1]
    columns, pairs = [], []
    for extra in range(min(max_length, length)):
        columns.append(starts[:, : length - extra] + ends[:, extra:])
        pairs += [(i, i + extra) for i in range(length - extra)]
    return ops.take(ops.array(pairs), ops.argmax(ops.concatenate(columns, axis=1), axis=1), axis=0)
