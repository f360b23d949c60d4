"""Wrong answers to `crf_log_partition` beside its mutants."""

import numpy as np
from keras import ops


def _of_one(row, transitions, starts, ends, combine=np.logaddexp.reduce):
    alpha = starts + row[0]
    for emission in row[1:]:
        alpha = combine(alpha[:, None] + transitions, axis=0) + emission
    return combine(alpha + ends, axis=0)


def _all(emissions, mask, transitions, starts, ends, **parts):
    emissions, mask, transitions, starts, ends = map(np.asarray, (emissions, mask, transitions, starts, ends))
    rows = zip(emissions, mask, strict=True)
    return np.array([_of_one(row[real], transitions, starts, ends, **parts) for row, real in rows], "float32")


def negated(emissions, mask, transitions, starts, ends):
    return -_all(emissions, mask, transitions, starts, ends)


def means_for_sums(emissions, mask, transitions, starts, ends):
    def combine(scores, axis):
        return np.logaddexp.reduce(scores, axis=axis) - np.log(scores.shape[axis])

    return _all(emissions, mask, transitions, starts, ends, combine=combine)


def divided_by_the_length(emissions, mask, transitions, starts, ends):
    return _all(emissions, mask, transitions, starts, ends) / (1 + np.asarray(mask).sum(axis=1))


def in_bits(emissions, mask, transitions, starts, ends):
    return _all(emissions, mask, transitions, starts, ends) / np.log(2)


def summed_over_the_batch(emissions, mask, transitions, starts, ends):
    return _all(emissions, mask, transitions, starts, ends).sum()


def scores_clipped(emissions, mask, transitions, starts, ends):
    return _all(np.clip(emissions, -80, 80), mask, transitions, starts, ends)


def first_emission_forgotten(emissions, mask, transitions, starts, ends):
    emissions, mask = np.array(emissions), np.asarray(mask)
    emissions[np.arange(len(mask)), mask.argmax(axis=1)] = 0
    return _all(emissions, mask, transitions, starts, ends)


def sums_in_place_of_logarithms(emissions, mask, transitions, starts, ends):
    return _all(emissions, mask, transitions, starts, ends, combine=np.sum)


def max_for_sum__with_a_sum_at_the_end(emissions, mask, transitions, starts, ends):
    emissions, mask, transitions, starts, ends = map(np.asarray, (emissions, mask, transitions, starts, ends))
    found = []
    for row, real in zip(emissions, mask, strict=True):
        alpha = starts + row[real][0]
        for emission in row[real][1:]:
            alpha = (alpha[:, None] + transitions).max(axis=0) + emission
        found.append(np.logaddexp.reduce(alpha + ends))
    return np.array(found)


def overflow__largest_of_the_sentence_subtracted(emissions, mask, transitions, starts, ends):
    """One number is subtracted at the beginning; sums grow all the same."""

    def combine(scores, axis):
        return ops.convert_to_numpy(ops.log(ops.sum(ops.exp(scores.astype("float32")), axis=axis)))

    with np.errstate(all="ignore"):
        return _all(emissions, mask, transitions, starts, ends, combine=combine)


def erased_at_masked_places__by_multiplying(emissions, mask, transitions, starts, ends):
    alpha, has_begun = ops.zeros_like(emissions[:, 0]), ops.zeros_like(mask[:, :1])
    for place in range(emissions.shape[1]):
        kept = ops.cast(mask[:, place, None], "float32")
        onward = ops.where(has_begun, ops.logsumexp(alpha[:, :, None] + transitions, axis=1), starts)
        alpha = kept * (onward + emissions[:, place])
        has_begun = ops.logical_or(has_begun, mask[:, place, None])
    return ops.logsumexp(alpha + ends, axis=1)
