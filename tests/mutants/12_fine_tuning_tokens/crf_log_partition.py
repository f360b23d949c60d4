"""Wrong answers to `crf_log_partition`, each named after the mistake it makes."""

from keras import ops


def _forward(
    emissions,
    mask,
    transitions,
    starts,
    ends,
    combine=ops.logsumexp,
    combine_last=ops.logsumexp,
    begun=False,
    at_masked=lambda alpha, onward: alpha,
):
    """A right answer, with parts exchanged."""
    alpha = ops.zeros_like(emissions[:, 0])
    has_begun = ops.zeros_like(mask[:, :1])
    for place in range(emissions.shape[1]):
        is_real = mask[:, place, None]
        onward = combine(alpha[:, :, None] + transitions, axis=1)
        reached = ops.where(has_begun, onward, starts) + emissions[:, place]
        if begun and place == 0:
            is_real = ops.ones_like(is_real)
        masked = ops.where(has_begun, at_masked(alpha, onward), alpha)
        alpha = ops.where(is_real, reached, masked)
        has_begun = ops.logical_or(has_begun, is_real)
    return combine_last(alpha + ends, axis=1)


def max_for_sum(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, ends, combine=ops.max, combine_last=ops.max)


def last_sum_is_a_max(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, ends, combine_last=ops.max)


def padding_counted(emissions, mask, transitions, starts, ends):
    return _forward(emissions, ops.ones_like(mask), transitions, starts, ends)


def mask_taken_for_length(emissions, mask, transitions, starts, ends):
    lengths = ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True)
    return _forward(emissions, ops.arange(mask.shape[1])[None] < lengths, transitions, starts, ends)


def masked_places_still_step(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, ends, at_masked=lambda alpha, onward: onward)


def erased_at_masked_places(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, ends, at_masked=lambda alpha, onward: 0 * alpha)


def first_place_always_real(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, ends, begun=True)


def transitions_transposed(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, ops.transpose(transitions), starts, ends)


def summed_over_the_next_tag(emissions, mask, transitions, starts, ends):
    return _forward(
        emissions, mask, transitions, starts, ends, combine=lambda scores, axis: ops.logsumexp(scores, axis=2)
    )


def starts_and_ends_swapped(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, ends, starts)


def starts_forgotten(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, 0 * starts, ends)


def ends_forgotten(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, starts, 0 * ends)


def starts_and_ends_forgotten(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, transitions, 0 * starts, 0 * ends)


def transitions_forgotten(emissions, mask, transitions, starts, ends):
    return _forward(emissions, mask, 0 * transitions, starts, ends)


def emissions_normalised(emissions, mask, transitions, starts, ends):
    return _forward(ops.log_softmax(emissions), mask, transitions, starts, ends)


def not_a_logarithm(emissions, mask, transitions, starts, ends):
    return ops.exp(_forward(emissions, mask, transitions, starts, ends))


def overflow(emissions, mask, transitions, starts, ends):
    def naive(scores, axis):
        return ops.log(ops.sum(ops.exp(scores), axis=axis))

    return _forward(emissions, mask, transitions, starts, ends, combine=naive, combine_last=naive)
