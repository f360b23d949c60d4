"""Wrong answers to `warmup_rate`, each named after the mistake it makes."""

from keras import ops


def _update(step):
    return ops.cast(step, "float32") + 1.0


def first_update_lost(step, peak, warmup_steps):
    update = ops.cast(step, "float32")
    return peak * ops.minimum(update / warmup_steps, ops.rsqrt(update) * warmup_steps**0.5)


def max_for_min(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.maximum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def peak_forgotten(step, peak, warmup_steps):
    update = _update(step)
    return ops.minimum(update / warmup_steps, ops.sqrt(warmup_steps / update))


def peak_in_the_wrong_units(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update**-0.5, update * warmup_steps**-1.5)


def jump_at_the_peak(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.where(update <= warmup_steps, update / warmup_steps, ops.rsqrt(update))


def root_missing(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update / warmup_steps, warmup_steps / update)


def fall_inverted(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.minimum(update / warmup_steps, (update / warmup_steps) ** 0.5)


def rise_missing(step, peak, warmup_steps):
    return peak * ops.sqrt(warmup_steps / _update(step))


def fall_missing(step, peak, warmup_steps):
    return peak * ops.minimum(_update(step) / warmup_steps, 1.0)


def rise_bent(step, peak, warmup_steps):
    update = _update(step)
    return peak * ops.sqrt(ops.minimum(update / warmup_steps, warmup_steps / update))


def linear_fall(step, peak, warmup_steps):
    share = _update(step) / warmup_steps
    return peak * ops.where(share < 1, share, ops.relu(2 - share))


def counted_two_ways(step, peak, warmup_steps):
    step = ops.cast(step, "float32")
    return peak * ops.minimum((step + 1) / warmup_steps, ops.sqrt(warmup_steps / ops.maximum(step, 1e-9)))
