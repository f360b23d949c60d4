"""Wrong answers to `warmup_and_decay`, each named after the mistake it makes."""

import math

from keras import ops


def _update(step):
    return ops.cast(step, "float32") + 1.0


def _lines(update, warmup_steps, num_steps):
    return update / warmup_steps, (num_steps - update) / (num_steps - warmup_steps)


def first_update_lost(step, peak, warmup_steps, num_steps):
    rise, fall = _lines(ops.cast(step, "float32"), warmup_steps, num_steps)
    return peak * ops.maximum(ops.minimum(rise, fall), 0.0)


def negative_at_the_end(step, peak, warmup_steps, num_steps):
    return peak * ops.minimum(*_lines(_update(step), warmup_steps, num_steps))


def rises_again(step, peak, warmup_steps, num_steps):
    return peak * ops.abs(ops.minimum(*_lines(_update(step), warmup_steps, num_steps)))


def never_zero(step, peak, warmup_steps, num_steps):
    rise, fall = _lines(_update(step), warmup_steps, num_steps + 1)
    return peak * ops.maximum(ops.minimum(rise, fall), 0.0)


def counted_two_ways(step, peak, warmup_steps, num_steps):
    step = ops.cast(step, "float32")
    rise, fall = (step + 1) / warmup_steps, (num_steps - step) / (num_steps - warmup_steps)
    return peak * ops.where(step < warmup_steps, rise, ops.relu(fall))


def fall_from_the_first_update(step, peak, warmup_steps, num_steps):
    update = _update(step)
    rise = ops.minimum(update / warmup_steps, 1.0)
    return peak * rise * ops.relu(1 - update / num_steps)


def warmup_counted_twice(step, peak, warmup_steps, num_steps):
    update = _update(step)
    fall = (num_steps - warmup_steps - update) / (num_steps - warmup_steps)
    return peak * ops.maximum(ops.minimum(update / warmup_steps, fall), 0.0)


def max_for_min(step, peak, warmup_steps, num_steps):
    return peak * ops.relu(ops.maximum(*_lines(_update(step), warmup_steps, num_steps)))


def peak_forgotten(step, peak, warmup_steps, num_steps):
    return ops.relu(ops.minimum(*_lines(_update(step), warmup_steps, num_steps)))


def rise_missing(step, peak, warmup_steps, num_steps):
    _, fall = _lines(_update(step), warmup_steps, num_steps)
    return peak * ops.clip(fall, 0.0, 1.0)


def fall_missing(step, peak, warmup_steps, num_steps):
    return peak * ops.minimum(_update(step) / warmup_steps, 1.0)


def fall_with_the_root(step, peak, warmup_steps, num_steps):
    update = _update(step)
    return peak * ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def fall_bent(step, peak, warmup_steps, num_steps):
    update = _update(step)
    done = ops.clip((update - warmup_steps) / (num_steps - warmup_steps), 0.0, 1.0)
    return peak * ops.minimum(update / warmup_steps, 0.5 * (1 + ops.cos(math.pi * done)))
