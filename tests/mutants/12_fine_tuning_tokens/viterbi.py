"""Wrong answers to `viterbi`, each named after the mistake it makes."""

import numpy as np
from keras import ops


def _traced(scores, origins, last):
    tags = [int(last.argmax())]
    for origin in origins[::-1]:
        tags.append(int(origin[tags[-1]]))
    return tags[::-1]


def _viterbi(
    emissions,
    mask,
    transitions,
    starts,
    ends,
    places=None,
    trace=_traced,
    combine=lambda onward: onward.max(axis=0),
    still_steps=False,
):
    """A right answer, sentence by sentence, with parts exchanged."""
    emissions, mask, transitions, starts, ends = map(np.asarray, (emissions, mask, transitions, starts, ends))
    paths = np.zeros(mask.shape, "int32")
    for number, (row, real) in enumerate(zip(emissions, mask, strict=True)):
        read = real if places is None else places(real)
        first = int(read.argmax())
        score, scores, origins, at = starts + row[first], [starts + row[first]], [], [first]
        for place in range(first + 1, len(row)):
            if read[place] or still_steps:
                onward = score[:, None] + transitions
                origins.append(onward.argmax(axis=0))
                score = combine(onward) + row[place] * read[place]
                scores.append(score)
                at.append(place)
        paths[number, at] = trace(scores, origins, score + ends)
    return paths * mask


def _all(real):
    return np.ones(len(real), bool)


def masked_places_not_zero(emissions, mask, transitions, starts, ends):
    paths = _viterbi(emissions, mask, transitions, starts, ends)
    return np.where(np.asarray(mask), paths, paths.max(axis=1, keepdims=True) + 1)


def greedy(emissions, mask, transitions, starts, ends):
    return ops.where(mask, ops.argmax(emissions, axis=-1), 0)


def greedy_step(emissions, mask, transitions, starts, ends):
    tag, has_begun, path = ops.zeros_like(emissions[:, 0, 0], "int32"), ops.zeros_like(mask[:, :1]), []
    for place in range(mask.shape[1]):
        before = ops.where(has_begun, ops.take(transitions, tag, axis=0), starts)
        best = ops.cast(ops.argmax(before + emissions[:, place], axis=1), "int32")
        tag = ops.where(mask[:, place], best, tag)
        has_begun = ops.logical_or(has_begun, mask[:, place, None])
        path.append(tag)
    return ops.where(mask, ops.stack(path, axis=1), 0)


def never_traced_back(emissions, mask, transitions, starts, ends):
    def trace(scores, origins, last):
        return [score.argmax() for score in scores]

    return _viterbi(emissions, mask, transitions, starts, ends, trace=trace)


def marginals_for_a_path(emissions, mask, transitions, starts, ends):
    def combine(onward):
        return np.logaddexp.reduce(onward, axis=0)

    return _viterbi(emissions, mask, transitions, starts, ends, combine=combine)


def pointers_off_by_one(emissions, mask, transitions, starts, ends):
    def trace(scores, origins, last):
        tags = _traced(scores, origins, last)
        return [tags[0], *tags[:-1]]

    return _viterbi(emissions, mask, transitions, starts, ends, trace=trace)


def always_from_the_last_tag(emissions, mask, transitions, starts, ends):
    def trace(scores, origins, last):
        tag = last.argmax()
        return [*(origin[tag] for origin in origins), tag]

    return _viterbi(emissions, mask, transitions, starts, ends, trace=trace)


def path_not_turned(emissions, mask, transitions, starts, ends):
    def trace(scores, origins, last):
        return _traced(scores, origins, last)[::-1]

    return _viterbi(emissions, mask, transitions, starts, ends, trace=trace)


def padding_decoded(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, starts, ends, places=_all)


def mask_taken_for_length(emissions, mask, transitions, starts, ends):
    def places(real):
        return np.arange(len(real)) < real.sum()

    return _viterbi(emissions, mask, transitions, starts, ends, places=places)


def masked_places_still_step(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, starts, ends, still_steps=True)


def first_place_always_real(emissions, mask, transitions, starts, ends):
    def places(real):
        return real | (np.arange(len(real)) == 0)

    return _viterbi(emissions, mask, transitions, starts, ends, places=places)


def transitions_transposed(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, ops.transpose(transitions), starts, ends)


def starts_and_ends_swapped(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, ends, starts)


def starts_forgotten(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, 0 * starts, ends)


def ends_forgotten(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, starts, 0 * ends)


def starts_and_ends_forgotten(emissions, mask, transitions, starts, ends):
    return _viterbi(emissions, mask, transitions, 0 * starts, 0 * ends)
