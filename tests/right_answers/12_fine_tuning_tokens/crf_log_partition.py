"""Right answers to `crf_log_partition` in other styles."""

from itertools import product

import numpy as np
from keras import ops

from course_lib.layers.crf import crf_log_partition


def over_all_paths(emissions, mask, transitions, starts, ends):
    """Every path by itself."""
    emissions, transitions, starts, ends = map(np.asarray, (emissions, transitions, starts, ends))
    found = []
    for row, real in zip(emissions, np.asarray(mask), strict=True):
        row = row[real]
        if len(row) > 4:  # there are too many paths
            found.append(_of_one(row, transitions, starts, ends))
            continue
        paths = np.array(list(product(range(len(starts)), repeat=len(row))))
        scores = starts[paths[:, 0]] + ends[paths[:, -1]] + row[np.arange(len(row)), paths].sum(axis=1)
        scores = scores + transitions[paths[:, :-1], paths[:, 1:]].sum(axis=1)
        found.append(np.logaddexp.reduce(scores))
    return np.array(found)


def _of_one(row, transitions, starts, ends):
    alpha = starts + row[0]
    for emission in row[1:]:
        alpha = np.logaddexp.reduce(alpha[:, None] + transitions, axis=0) + emission
    return np.logaddexp.reduce(alpha + ends)


def in_numpy(emissions, mask, transitions, starts, ends):
    emissions, transitions, starts, ends = map(np.asarray, (emissions, transitions, starts, ends))
    rows = zip(emissions, np.asarray(mask), strict=True)
    return np.array([_of_one(row[real], transitions, starts, ends) for row, real in rows])


def backwards(emissions, mask, transitions, starts, ends):
    """From the last place to the first."""
    beta, seen = ops.zeros_like(emissions[:, 0]) + ends, ops.zeros_like(mask[:, :1])
    for place in range(emissions.shape[1] - 1, -1, -1):
        is_real = mask[:, place, None]
        onward = ops.logsumexp(beta[:, None, :] + transitions, axis=2)
        new = ops.where(seen, onward, beta) + emissions[:, place]
        beta, seen = ops.where(is_real, new, beta), ops.logical_or(seen, is_real)
    return ops.logsumexp(beta + starts, axis=1)


def largest_subtracted_by_hand(emissions, mask, transitions, starts, ends):
    def total(scores, axis):
        largest = ops.max(scores, axis=axis, keepdims=True)
        return ops.log(ops.sum(ops.exp(scores - largest), axis=axis)) + ops.squeeze(largest, axis)

    alpha, has_begun = ops.zeros_like(emissions[:, 0]), ops.zeros_like(mask[:, 0])
    for place in range(mask.shape[1]):
        onward = total(ops.expand_dims(alpha, 2) + transitions[None], 1)
        new = ops.where(has_begun[:, None], onward, starts[None]) + emissions[:, place]
        alpha = ops.where(mask[:, place][:, None], new, alpha)
        has_begun = has_begun | mask[:, place]
    return total(alpha + ends[None], 1)


def by_the_layer_of_the_course(emissions, mask, transitions, starts, ends):
    return crf_log_partition(emissions, mask, transitions, starts, ends)
