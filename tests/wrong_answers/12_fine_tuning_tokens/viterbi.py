"""Wrong answers to `viterbi` beside its mutants."""

import numpy as np
from keras import ops

from course_lib.layers.crf import crf_viterbi


def _right(emissions, mask, transitions, starts, ends):
    return np.asarray(crf_viterbi(emissions, mask, transitions, starts, ends)[0])


def tags_from_one(emissions, mask, transitions, starts, ends):
    return np.where(np.asarray(mask), _right(emissions, mask, transitions, starts, ends) + 1, 0)


def worst_path(emissions, mask, transitions, starts, ends):
    return _right(-emissions, mask, -transitions, -starts, -ends)


def transitions_twice(emissions, mask, transitions, starts, ends):
    return _right(emissions, mask, 2 * transitions, starts, ends)


def scores_returned(emissions, mask, transitions, starts, ends):
    return crf_viterbi(emissions, mask, transitions, starts, ends)[1]


def real_tags_moved_to_the_front(emissions, mask, transitions, starts, ends):
    paths, mask = _right(emissions, mask, transitions, starts, ends), np.asarray(mask)
    packed = np.zeros_like(paths)
    for row, path, real in zip(packed, paths, mask, strict=True):
        row[: real.sum()] = path[real]
    return packed


def first_tag_repeated(emissions, mask, transitions, starts, ends):
    paths, mask = _right(emissions, mask, transitions, starts, ends), np.asarray(mask)
    first = np.take_along_axis(paths, mask.argmax(axis=1)[:, None], axis=1)
    return np.where(mask, first, 0)


def masked_places_not_zero__minus_one(emissions, mask, transitions, starts, ends):
    return np.where(np.asarray(mask), _right(emissions, mask, transitions, starts, ends), -1)


def greedy__unmasked(emissions, mask, transitions, starts, ends):
    return ops.argmax(emissions, axis=-1)


def padding_decoded__and_shown(emissions, mask, transitions, starts, ends):
    return _right(emissions, ops.ones_like(mask), transitions, starts, ends)


def starts_and_ends_forgotten__both_zero(emissions, mask, transitions, starts, ends):
    return _right(emissions, mask, transitions, 0 * starts, 0 * ends)


def marginals_for_a_path__forwards_and_backwards(emissions, mask, transitions, starts, ends):
    emissions, mask, transitions, starts, ends = map(np.asarray, (emissions, mask, transitions, starts, ends))
    paths = np.zeros(mask.shape, "int64")
    for path, row, real in zip(paths, emissions, mask, strict=True):
        row = row[real]
        forward, backward = [starts + row[0]], [ends]
        for emission in row[1:]:
            forward.append(np.logaddexp.reduce(forward[-1][:, None] + transitions, axis=0) + emission)
        for emission in row[:0:-1]:
            backward.append(np.logaddexp.reduce(transitions + emission + backward[-1], axis=1))
        path[real] = (np.array(forward) + np.array(backward[::-1])).argmax(axis=1)
    return paths
