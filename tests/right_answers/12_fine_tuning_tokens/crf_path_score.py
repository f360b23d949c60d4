"""Right answers to `crf_path_score` in other styles."""

import numpy as np
from keras import ops

from course_lib.layers.crf import crf_score


def in_numpy(emissions, tags, mask, transitions, starts, ends):
    emissions, transitions, starts, ends = map(np.asarray, (emissions, transitions, starts, ends))
    scores = []
    for row, path, real in zip(emissions, np.asarray(tags), np.asarray(mask), strict=True):
        row, path = row[real], path[real]
        score = starts[path[0]] + ends[path[-1]] + row[np.arange(len(path)), path].sum()
        scores.append(score + transitions[path[:-1], path[1:]].sum())
    return np.array(scores)


def in_loops(emissions, tags, mask, transitions, starts, ends):
    scores = []
    for b in range(len(tags)):
        score, last = 0.0, None
        for t in range(len(tags[b])):
            if not mask[b, t]:
                continue
            tag = int(tags[b, t])
            score += float(emissions[b, t, tag])
            score += float(starts[tag]) if last is None else float(transitions[last, tag])
            last = tag
        scores.append(score + float(ends[last]))
    return scores


def by_one_hot_vectors(emissions, tags, mask, transitions, starts, ends):
    tags = ops.one_hot(tags, emissions.shape[2])
    score, last = ops.zeros_like(emissions[:, 0, 0]), ops.zeros_like(emissions[:, 0])
    has_begun = ops.zeros_like(score)
    for place in range(emissions.shape[1]):
        tag, kept = tags[:, place], ops.cast(mask[:, place], "float32")
        onward = ops.matmul(last, transitions) + (1 - has_begun)[:, None] * starts
        score = score + kept * ops.sum(tag * (emissions[:, place] + onward), axis=1)
        last = kept[:, None] * tag + (1 - kept)[:, None] * last
        has_begun = ops.maximum(has_begun, kept)
    return score + ops.matmul(last, ends)


def real_places_moved_to_the_front(emissions, tags, mask, transitions, starts, ends):
    order = ops.argsort(ops.where(mask, 0, 1) * 100 + ops.arange(mask.shape[1]), axis=1)
    tags = ops.take_along_axis(tags, order, axis=1)
    emissions = ops.take_along_axis(emissions, order[:, :, None], axis=1)
    kept = ops.cast(ops.take_along_axis(ops.cast(mask, "int32"), order, axis=1), "float32")
    chosen = ops.take_along_axis(emissions, tags[:, :, None], axis=2)[:, :, 0]
    pairs = tags[:, :-1] * emissions.shape[2] + tags[:, 1:]
    steps = ops.take(ops.reshape(transitions, (-1,)), pairs)
    score = ops.sum(chosen * kept, axis=1) + ops.sum(steps * kept[:, 1:], axis=1)
    last = ops.cast(ops.sum(kept, axis=1, keepdims=True), "int32") - 1
    finish = ops.take(ends, ops.take_along_axis(tags, last, axis=1)[:, 0])
    return score + ops.take(starts, tags[:, 0]) + finish


def by_the_layer_of_the_course(emissions, tags, mask, transitions, starts, ends):
    return crf_score(emissions, tags, mask, transitions, starts, ends)
