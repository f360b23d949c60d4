"""Wrong answers to `warmup_rate` beside its mutants."""

import math

from keras import ops


def _update(step):
    return ops.cast(step, "float32") + 1.0


def counted_two_ways__in_where(step, peak, warmup_steps):
    step = ops.cast(step, "float32")
    fall = ops.sqrt(warmup_steps / ops.maximum(step, 1.0))
    return peak * ops.where(step < warmup_steps, (step + 1) / warmup_steps, fall)


def first_update_lost__with_where(step, peak, warmup_steps):
    step = ops.cast(step, "float32")
    fall = ops.sqrt(warmup_steps / ops.maximum(step, 1.0))
    return peak * ops.where(step < warmup_steps, step / warmup_steps, fall)


def rise_one_longer(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update / (warmup_steps + 1), ops.sqrt((warmup_steps + 1) / update))


def whole_division(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update // warmup_steps, ops.sqrt(warmup_steps / update))


def cosine_fall(step, peak, warmup_steps):
    update = _update(step)
    fall = 0.5 * (1 + ops.cos(math.pi * (update - warmup_steps) / (9.0 * warmup_steps)))
    return peak * ops.where(update < warmup_steps, update / warmup_steps, fall)


def curves_multiplied(step, peak, warmup_steps):
    update = _update(step)
    return peak * (update / warmup_steps) * ops.sqrt(warmup_steps / update)


def from_a_tenth_of_the_peak(step, peak, warmup_steps):
    update = _update(step)
    rise = 0.1 + 0.9 * update / warmup_steps
    return peak * ops.minimum(rise, ops.sqrt(warmup_steps / update))


def fall_with_the_third_root(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update / warmup_steps, (warmup_steps / update) ** (1 / 3))


def root_of_everything(step, peak, warmup_steps):
    update = _update(step)
    return ops.sqrt(peak * ops.minimum(update / warmup_steps, warmup_steps / update))


def two_added(step, peak, warmup_steps):
    update = _update(step) + 1.0
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def steps_sorted(step, peak, warmup_steps):
    update = ops.sort(_update(step))
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def rate_of_the_first_alone(step, peak, warmup_steps):
    update = _update(step)[0]
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def highest_so_far(step, peak, warmup_steps):
    update = ops.minimum(_update(step), 10.0 * warmup_steps)
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))
