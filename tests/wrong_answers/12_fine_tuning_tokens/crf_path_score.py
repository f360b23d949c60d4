"""Wrong answers to `crf_path_score` beside its mutants."""

import numpy as np
from keras import ops


def _arrays(*tensors):
    return [np.asarray(tensor) for tensor in tensors]


def _scored(emissions, tags, mask, transitions, starts, ends, change=lambda score, length: score):
    emissions, tags, mask, transitions, starts, ends = _arrays(
        emissions, tags, mask, transitions, starts, ends
    )
    scores = []
    for row, path, real in zip(emissions, tags, mask, strict=True):
        row, path = row[real], path[real]
        score = starts[path[0]] + ends[path[-1]] + row[np.arange(len(path)), path].sum()
        scores.append(change(score + transitions[path[:-1], path[1:]].sum(), len(path)))
    return np.array(scores, "float32")


def divided_by_the_length(emissions, tags, mask, transitions, starts, ends):
    return _scored(
        emissions, tags, mask, transitions, starts, ends, change=lambda score, length: score / (length + 1)
    )


def negated(emissions, tags, mask, transitions, starts, ends):
    return -_scored(emissions, tags, mask, transitions, starts, ends)


def mask_inverted(emissions, tags, mask, transitions, starts, ends):
    inverted = ops.logical_or(ops.logical_not(mask), ops.all(mask, axis=1, keepdims=True))
    return _scored(emissions, tags, inverted, transitions, starts, ends)


def starts_at_both_ends(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, starts, starts)


def every_transition_twice(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, 2 * np.asarray(transitions), starts, ends)


def summed_over_the_batch(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, starts, ends).sum()


def best_tags_for_the_given(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, ops.argmax(emissions, axis=-1), mask, transitions, starts, ends)


def transitions_transposed__by_rows(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, np.asarray(transitions).T, starts, ends)


def holes_not_bridged__tag_of_the_hole(emissions, tags, mask, transitions, starts, ends):
    emissions, tags, mask, transitions, starts, ends = _arrays(
        emissions, tags, mask, transitions, starts, ends
    )
    scores = []
    for row, path, real in zip(emissions, tags, mask, strict=True):
        score = starts[path[0]] + row[0, path[0]]
        for place in range(1, len(path)):
            if real[place]:
                score += transitions[path[place - 1], path[place]] + row[place, path[place]]
        scores.append(score + ends[path[real.sum() - 1]])
    return np.array(scores)


def padding_scored__in_one_sum(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, np.ones(mask.shape, bool), transitions, starts, ends)
