"""Wrong answers to `crf_path_score`, each named after the mistake it makes."""

from keras import ops


def _scored(emissions, tags, mask, transitions, starts, ends, begins=None, finishes=None):
    """A right answer; with places from where the path begins or ends, they count for `starts` or `ends`."""
    length, num_tags = emissions.shape[1:]
    score, last = ops.zeros_like(emissions[:, 0, 0]), ops.full_like(tags[:, 0], -1)
    for place in range(length):
        tag = tags[:, place]
        first = tag if begins is None else begins
        step = ops.take(ops.reshape(transitions, (-1,)), ops.maximum(last, 0) * num_tags + tag)
        step = ops.where(last < 0, ops.take(starts, first), step)
        emission = ops.take_along_axis(emissions[:, place], tag[:, None], axis=1)[:, 0]
        score = ops.where(mask[:, place], score + step + emission, score)
        last = ops.where(mask[:, place], tag, last)
    return score + ops.take(ends, last if finishes is None else finishes)


def padding_scored(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, ops.ones_like(mask), transitions, starts, ends)


def mask_taken_for_length(emissions, tags, mask, transitions, starts, ends):
    lengths = ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True)
    mask = ops.arange(mask.shape[1])[None, :] < lengths
    return _scored(emissions, tags, mask, transitions, starts, ends)


def holes_not_bridged(emissions, tags, mask, transitions, starts, ends):
    """The usual vectorised score, which knows padding only."""
    kept = ops.cast(mask, "float32")
    chosen = ops.take_along_axis(emissions, tags[:, :, None], axis=2)[:, :, 0]
    pairs = tags[:, :-1] * emissions.shape[2] + tags[:, 1:]
    steps = ops.take(ops.reshape(transitions, (-1,)), pairs)
    last = ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True) - 1
    score = ops.sum(chosen * kept, axis=1) + ops.sum(steps * kept[:, 1:] * kept[:, :-1], axis=1)
    score = score + ops.take(starts, tags[:, 0])
    return score + ops.take(ends, ops.take_along_axis(tags, last, axis=1)[:, 0])


def half_masked(emissions, tags, mask, transitions, starts, ends):
    chosen = ops.take_along_axis(emissions, tags[:, :, None], axis=2)[:, :, 0]
    unmasked = ops.sum(ops.where(mask, 0.0, chosen), axis=1)
    return _scored(emissions, tags, mask, transitions, starts, ends) + unmasked


def start_at_first_column(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, starts, ends, begins=tags[:, 0])


def end_at_last_column(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, starts, ends, finishes=tags[:, -1])


def transitions_transposed(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, ops.transpose(transitions), starts, ends)


def starts_and_ends_swapped(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, ends, starts)


def starts_forgotten(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, 0 * starts, ends)


def ends_forgotten(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, starts, 0 * ends)


def starts_and_ends_forgotten(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, transitions, 0 * starts, 0 * ends)


def transitions_forgotten(emissions, tags, mask, transitions, starts, ends):
    return _scored(emissions, tags, mask, 0 * transitions, starts, ends)


def emissions_normalised(emissions, tags, mask, transitions, starts, ends):
    return _scored(ops.log_softmax(emissions), tags, mask, transitions, starts, ends)
