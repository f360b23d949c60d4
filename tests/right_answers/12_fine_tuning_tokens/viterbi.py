"""Right answers to `viterbi` in other styles."""

import numpy as np
from keras import ops

from course_lib.layers.crf import crf_viterbi


def in_numpy(emissions, mask, transitions, starts, ends):
    emissions, mask, transitions, starts, ends = map(np.asarray, (emissions, mask, transitions, starts, ends))
    paths = np.zeros(mask.shape, "int64")
    for path, row, real in zip(paths, emissions, mask, strict=True):
        row, origins = row[real], []
        best = starts + row[0]
        for emission in row[1:]:
            onward = best[:, None] + transitions
            origins.append(onward.argmax(axis=0))
            best = onward.max(axis=0) + emission
        tags = [(best + ends).argmax()]
        for origin in reversed(origins):
            tags.insert(0, origin[tags[0]])
        path[real] = tags
    return paths


def whole_paths_kept(emissions, mask, transitions, starts, ends):
    """No notes: for each tag the best path that leads to it."""
    found = []
    for row, real in zip(emissions.numpy(), mask.numpy(), strict=True):
        best = None
        for place, emission in enumerate(row):
            if not real[place]:
                best = best and [(score, [*path, 0]) for score, path in best]
            elif best is None:
                best = [(starts.numpy()[k] + e, [0] * place + [k]) for k, e in enumerate(emission)]
            else:
                best = [
                    max(
                        (score + transitions.numpy()[j, k] + emission[k], [*path, k])
                        for j, (score, path) in enumerate(best)
                    )
                    for k in range(len(emission))
                ]
        found.append(max((score + ends.numpy()[k], path) for k, (score, path) in enumerate(best))[1])
    return found


def by_best_paths_through_each_tag(emissions, mask, transitions, starts, ends):
    """Forwards and backwards: the tag through which the best path leads, at each place."""
    length = emissions.shape[1]
    forward, begun, alphas = ops.zeros_like(emissions[:, 0]), ops.zeros_like(mask[:, :1]), []
    for place in range(length):
        is_real = mask[:, place, None]
        onward = ops.max(forward[:, :, None] + transitions, axis=1)
        new = ops.where(begun, onward, starts) + emissions[:, place]
        forward, begun = ops.where(is_real, new, forward), ops.logical_or(begun, is_real)
        alphas.append(forward)
    backward, seen, betas = ops.zeros_like(emissions[:, 0]) + ends, ops.zeros_like(mask[:, :1]), []
    after = ops.zeros_like(emissions[:, 0])
    for place in range(length - 1, -1, -1):
        is_real = mask[:, place, None]
        onward = ops.max((backward + after)[:, None, :] + transitions, axis=2)
        backward = ops.where(ops.logical_and(is_real, seen), onward, backward)
        after = ops.where(is_real, emissions[:, place], after)
        seen = ops.logical_or(seen, is_real)
        betas.append(backward)
    through = ops.stack(alphas, axis=1) + ops.stack(betas[::-1], axis=1)
    return ops.where(mask, ops.argmax(through, axis=-1), 0)


def by_the_layer_of_the_course(emissions, mask, transitions, starts, ends):
    return crf_viterbi(emissions, mask, transitions, starts, ends)[0]
