"""Wrong answers to `best_span` beside its mutants."""

import numpy as np


def _right(start_scores, end_scores, context_mask, max_length, best=np.argmax):
    starts, ends = np.asarray(start_scores, "float64"), np.asarray(end_scores, "float64")
    real, length = np.asarray(context_mask), starts.shape[1]
    further = np.arange(length)[None, :] - np.arange(length)[:, None]
    allowed = (further >= 0) & (further < max_length) & real[:, :, None] & real[:, None, :]
    scores = np.where(allowed, starts[:, :, None] + ends[:, None, :], -np.inf)
    return np.stack(np.divmod(best(scores.reshape(len(scores), -1), axis=1), length), axis=1)


def second_best(start_scores, end_scores, context_mask, max_length):
    return _right(
        start_scores,
        end_scores,
        context_mask,
        max_length,
        best=lambda scores, axis: np.argsort(scores, axis=axis)[:, -2],
    )


def end_scores_alone(start_scores, end_scores, context_mask, max_length):
    return _right(0 * np.asarray(start_scores), end_scores, context_mask, max_length)


def scores_exchanged(start_scores, end_scores, context_mask, max_length):
    return _right(end_scores, start_scores, context_mask, max_length)


def start_and_number_of_tokens(start_scores, end_scores, context_mask, max_length):
    pairs = _right(start_scores, end_scores, context_mask, max_length)
    return np.stack([pairs[:, 0], pairs[:, 1] - pairs[:, 0] + 1], axis=1)


def starts_and_ends_as_rows(start_scores, end_scores, context_mask, max_length):
    pairs = _right(start_scores, end_scores, context_mask, max_length).T
    return pairs[0], pairs[1], pairs[0]


def absolute_scores(start_scores, end_scores, context_mask, max_length):
    return _right(np.abs(start_scores), np.abs(end_scores), context_mask, max_length)


def masked_by_zero__before_adding(start_scores, end_scores, context_mask, max_length):
    kept = np.asarray(context_mask).astype("float64")
    everywhere = np.ones(kept.shape, bool)
    return _right(np.asarray(start_scores) * kept, np.asarray(end_scores) * kept, everywhere, max_length)


def each_by_itself__anywhere(start_scores, end_scores, context_mask, max_length):
    return np.stack([np.asarray(start_scores).argmax(axis=1), np.asarray(end_scores).argmax(axis=1)], axis=1)


def passage_for_one_end_only__the_end(start_scores, end_scores, context_mask, max_length):
    ends = np.where(context_mask, np.asarray(end_scores), -1e9)
    return _right(start_scores, ends, np.ones(ends.shape, bool), max_length)
